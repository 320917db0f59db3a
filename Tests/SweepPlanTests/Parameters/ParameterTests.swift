import Parameters
import Testing

@testable import SweepPlan

@Suite("Each parameter takes what it allows, bounds included, and nothing else")
struct ParameterTests {
  @Test("Keys are in snake_case, none twice, and defaults are allowed")
  func table() throws {
    #expect(Set(Parameter.all.map(\.key)).count == Parameter.all.count)
    for parameter in Parameter.all {
      #expect(parameter.key.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" })
      #expect(!parameter.meaning.hasSuffix("."))
      if let value = parameter.defaultValue {
        #expect(try parameter.value(value) == value)
      }
    }
    #expect(Parameter.all.filter(\.isRequired).map(\.key) == ["pattern"])
  }

  @Test(
    "Defaults are those of the model",
    arguments: [
      ("model", "elise"), ("latent", "50"), ("scaffold", "true"), ("scaffold_p", "0.2"),
      ("scaffold_q", "0.15"), ("scaffold_p0", "0.04"), ("dendrite_density", "1"),
      ("protect_scaffold", "false"), ("innervation_ratio", "1"), ("vocabulary", "none"),
      ("order", "none"), ("visible", "none"), ("pattern_seed", "none"), ("target_noise", "0"),
      ("target_noise_tau", "10"), ("plastic_replay", "true"), ("disruption", "none"),
      ("delay_min", "5"), ("delay_max", "15"), ("interneuron_delay", "25"), ("weight_sd", "0.5"),
      ("weight_mean", "0"), ("learning_rate_visible", "0.0001"),
      ("learning_rate_latent", "0.001"), ("nudging", "0.6"), ("sequence_length", "none"),
      ("note_duration", "10"), ("training_cycles", "10000"), ("test_every", "20"),
      ("replay_cycles", "100"), ("nudged_replay_cycles", "3"), ("precision", "double"),
      ("kernel", "windowed"), ("seed", "1"), ("pattern_count", "none"), ("turn_cycles", "20"),
      ("cue_notes", "none"),
      ("time_step", "0.1"),
      ("leak_potential", "-70"),
      ("excitatory_potential", "0"),
      ("inhibitory_potential", "-75"),
      ("rate_threshold", "-58"),
      ("target_elevation", "20"),
      ("leak_conductance", "0.1"),
      ("dendrite_conductance", "2"),
      ("excitatory_conductance", "0.3"),
      ("inhibitory_conductance", "6"),
      ("rate_slope", "0.3"), ("heterogeneity", "0"), ("training_time", "none"),
      ("robustness_draws", "1"), ("memory_inputs", "1"),
    ])
  func defaults(key: String, value: String) throws {
    #expect(Parameter.named(key)?.defaultValue?.description == value)
  }

  @Test("Columns of the tables keep their order, or scripts that count columns read another one")
  func order() {
    #expect(
      Parameter.all.filter { $0.applies(to: "elise") }.map(\.key) == [
        "model", "latent", "scaffold", "scaffold_p", "scaffold_q", "scaffold_p0",
        "dendrite_density", "protect_scaffold", "innervation_ratio", "delay_min", "delay_max",
        "interneuron_delay", "weight_sd", "weight_mean", "learning_rate_visible",
        "learning_rate_latent", "nudging", "pattern", "sequence_length", "vocabulary", "order",
        "visible", "pattern_seed", "pattern_count", "note_duration", "target_noise",
        "target_noise_tau",
        "training_cycles", "test_every", "turn_cycles", "replay_cycles", "nudged_replay_cycles",
        "cue_notes", "plastic_replay", "disruption", "precision", "kernel", "seed",
        "time_step", "leak_potential", "excitatory_potential", "inhibitory_potential",
        "rate_threshold", "target_elevation", "leak_conductance", "dendrite_conductance",
        "excitatory_conductance", "inhibitory_conductance", "rate_slope", "heterogeneity",
        "training_time", "robustness_draws", "memory_inputs",
      ])
  }

  @Test(
    "A value at a bound is in, one beyond it out",
    arguments: [
      ("latent", "2", "1"), ("latent", "100000", "100001"),
      ("scaffold_p", "0", "-0.001"), ("scaffold_p", "0.999", "1"),
      ("scaffold_q", "0", "-0.001"), ("scaffold_q", "1", "1.001"),
      ("scaffold_p0", "0", "-1e-9"), ("scaffold_p0", "1", "1.001"),
      ("delay_min", "0.2", "0"), ("delay_max", "0.2", "0"),
      ("delay_max", "10000", "10000.1"), ("interneuron_delay", "0", "-0.1"),
      ("interneuron_delay", "10000", "10000.1"),
      ("weight_sd", "0", "-0.5"), ("weight_mean", "-1e3", "nan"), ("weight_mean", "1e308", "1e309"),
      ("learning_rate_visible", "0", "-1e-300"), ("learning_rate_latent", "0", "-1e-300"),
      ("nudging", "0", "-0.1"), ("nudging", "0.9999999999999999", "1"),
      ("sequence_length", "2", "1"), ("sequence_length", "1000000", "1000001"),
      ("note_duration", "0.3", "0"), ("note_duration", "10000", "10000.1"),
      ("time_step", "0.001", "0"), ("time_step", "10", "10.1"),
      ("leak_potential", "-1e3", "nan"), ("rate_threshold", "0", "inf"),
      ("excitatory_potential", "1", "inf"), ("inhibitory_potential", "-1e3", "-inf"),
      ("target_elevation", "1e-9", "0"), ("leak_conductance", "1e-9", "0"),
      ("dendrite_conductance", "1e-9", "0"), ("excitatory_conductance", "1e-9", "0"),
      ("inhibitory_conductance", "0", "-1e-9"), ("rate_slope", "1e-9", "0"),
      ("heterogeneity", "0", "-0.01"), ("heterogeneity", "1", "1.01"),
      ("training_time", "1e-9", "0"), ("training_time", "none", "1e10"),
      ("robustness_draws", "1", "0"), ("robustness_draws", "1", "1001"),
      ("memory_inputs", "1", "0"), ("memory_inputs", "1", "1001"),
      ("model", "reservoir", "sparse"), ("model", "soma_only", "somaOnly"),
      ("scaffold", "false", "no"), ("scaffold", "true", "1"),
      ("dendrite_density", "1e-300", "0"), ("dendrite_density", "1", "1.001"),
      ("protect_scaffold", "true", "True"),
      ("innervation_ratio", "0", "-0.001"), ("innervation_ratio", "1", "1.001"),
      ("vocabulary", "2", "1"), ("vocabulary", "100000", "100001"),
      ("vocabulary", "none", "0"), ("order", "1", "0"), ("order", "1000000", "1000001"),
      ("order", "none", "-1"), ("visible", "2", "1"), ("visible", "100000", "100001"),
      ("visible", "none", "None"), ("pattern_seed", "0", "-1"),
      ("pattern_seed", "9223372036854775807", "9223372036854775808"),
      ("target_noise", "0", "-1e-300"), ("target_noise", "1e308", "inf"),
      ("target_noise_tau", "1e-300", "0"), ("target_noise_tau", "1e308", "-1"),
      ("plastic_replay", "false", "0"), ("pattern_count", "1", "0"),
      ("pattern_count", "1000", "1001"), ("pattern_count", "none", "-1"), ("turn_cycles", "1", "0"),
      ("cue_notes", "1", "0"), ("cue_notes", "none", "1000001"),
      ("training_cycles", "0", "-1"), ("training_cycles", "1000000000", "1000000001"),
      ("test_every", "1", "0"), ("replay_cycles", "0", "-1"),
      ("nudged_replay_cycles", "0", "-1"), ("precision", "single", "half"),
      ("kernel", "reference", "fast"), ("seed", "0", "-1"),
      ("seed", "9223372036854775807", "9223372036854775808"),
    ])
  func bounds(key: String, inside: String, outside: String) throws {
    let parameter = try #require(Parameter.named(key))
    _ = try parameter.value(reading: inside)
    #expect(throws: ParameterError.self) { try parameter.value(reading: outside) }
  }

  @Test(
    "Texts of one number are one value",
    arguments: [
      ("latent", "50", ["50.0", "5e1", "+50", "050", "50."]),
      ("learning_rate_latent", "0.001", ["1e-3", "1E-3", ".001", "10e-4", "+0.0010"]),
      ("weight_mean", "0", ["-0", "0.0", "-0.0", "0e5"]),
      ("note_duration", "10", ["10.0", "1e1"]),
    ])
  func sameValue(key: String, text: String, others: [String]) throws {
    let parameter = try #require(Parameter.named(key))
    for other in others {
      #expect(try parameter.value(reading: other) == parameter.value(reading: text))
    }
  }

  @Test(
    "Texts that are not decimal numbers are no numbers",
    arguments: [
      "", "ten", "1_000", "0x10", "nan", ".nan", "inf", "-.inf", "1e", "e5", ".", "+", "1.2.3",
      "1 2", "1,5", "--1", "٣",
    ])
  func notNumbers(text: String) {
    for key in ["latent", "weight_mean"] {
      #expect(throws: ParameterError.self) { try Parameter.named(key)!.value(reading: text) }
    }
  }

  @Test("A fraction is no integer, and quotes make a text")
  func types() {
    let latent = Parameter.named("latent")!
    #expect(
      throws: ParameterError.notAllowed(
        key: "latent", found: "'10.5'", allowed: "an integer from 2 to 100000")
    ) { try latent.value(reading: "10.5") }
    #expect(
      throws: ParameterError.notAllowed(
        key: "latent", found: "the text '10'", allowed: "an integer from 2 to 100000")
    ) { try latent.value(reading: "10", isPlain: false) }
  }

  /// If this fails, a user reads that a value is refused although it fits what is expected.
  @Test(
    arguments: [
      (
        "seed", "18446744073709551615",
        "'18446744073709551615'; expected an integer from 0 to 9223372036854775807"
      ),
      (
        "pattern_seed", "1e30", "'1e30'; expected an integer from 0 to 9223372036854775807, or none"
      ),
      ("weight_sd", "1e999", "'1e999'; expected a finite number of at least 0 mV"),
      ("target_noise_tau", "inf", "'inf'; expected a finite number above 0 ms"),
      (
        "target_noise_tau", "1e-400",
        "'1e-400', which is read as 0; expected a finite number above 0 ms"
      ),
      ("weight_mean", "nan", "'nan'; expected a finite number in mV"),
      (
        "nudging", "0.99999999999999999999",
        "'0.99999999999999999999', which is read as 1; expected a number from 0 to 1 (excluded)"
      ),
      ("pattern", "", "nothing; expected a file, or generated"),
      ("disruption", "", "nothing; expected a file, or none"),
      ("latent", "5\u{A0}", "'5<U+00A0>'; expected an integer from 2 to 100000"),
    ])
  func refusals(key: String, text: String, message: String) throws {
    let parameter = try #require(Parameter.named(key))
    let error = #expect(throws: ParameterError.self) { try parameter.value(reading: text) }
    #expect(error?.description == "\(key): got \(message)")
  }

  @Test("No refused value fits what is expected", arguments: Parameter.all)
  func refusedValuesDoNotFit(parameter: Parameter) throws {
    let texts = [
      "", "0", "-0", "1", "2", "1.0", "2.5", "-1", "1e5", "1e30", "1e400", "-1e400", "1e-400",
      "100000", "9223372036854775807", "9223372036854775807.0", "9223372036854775808",
      "18446744073709551615", "0.1", "0.3", "0.05", "0.99999999999999999999", "true", "false",
      "none",
      "nan", "inf", ".inf", "generated", "elise",
    ]
    for text in texts {
      for isPlain in [true, false] {
        do {
          _ = try parameter.value(reading: text, isPlain: isPlain)
        } catch ParameterError.notAllowed(_, let found, let expected) {
          #expect(!Self.fits(text, found: found, expected: expected), "\(found); \(expected)")
        }
      }
    }
  }

  /// Whether a reader takes a refused text for what is expected.
  private static func fits(_ text: String, found: String, expected: String) -> Bool {
    if found.contains("which is read as") { return false }
    let isText = found.hasPrefix("the text")
    let choices = expected.split(separator: ", or ").flatMap { $0.split(separator: " or ") }
    if choices.contains(Substring(text)) {
      return !isText || !["none", "true", "false"].contains(text)
    }
    if expected.contains("a text") { return true }
    if expected.contains("a file") { return !text.isEmpty }
    let isNumber = ["an integer", "a number", "a finite number", "a multiple"]
      .contains { expected.hasPrefix($0) }
    guard isNumber, !isText, let number = Double(text) else { return false }
    if number.isNaN || number.isInfinite {
      return number > 0 && !expected.contains("finite") && !expected.contains(" to ")
    }
    if expected.hasPrefix("an integer"), number != number.rounded() { return false }
    func bound(after word: String) -> (Double, isExcluded: Bool)? {
      guard let start = expected.firstRange(of: word)?.upperBound else { return nil }
      let rest = expected[start...]
      return (
        Double(rest.prefix { !" ,".contains($0) })!,
        rest.drop { !" ,".contains($0) }.hasPrefix(" (excluded)")
      )
    }
    if expected.hasPrefix("a multiple of 0.1"), (number * 10).rounded() / 10 != number {
      return false
    }
    if let (least, isExcluded) = bound(after: "from ") ?? bound(after: "at least "),
      isExcluded ? number <= least : number < least
    {
      return false
    }
    if let (least, _) = bound(after: "above "), number <= least { return false }
    if let (most, isExcluded) = bound(after: " to ") {
      // The largest integer as a Double is one larger.
      return isExcluded || most == 0x1p63 ? number < most : number <= most
    }
    return true
  }

  @Test("Only a parameter that may go without a value takes none")
  func absent() throws {
    let length = Parameter.named("sequence_length")!
    #expect(try length.value(reading: "none") == .absent)
    #expect(length.allowedDescription == "an integer from 2 to 1000000 notes, or none")
    #expect(throws: ParameterError.self) { try Parameter.named("latent")!.value(reading: "none") }
    #expect(throws: ParameterError.self) { try length.value(reading: "none", isPlain: false) }
  }

  @Test("A path may look like a number, but holds something and no NUL")
  func paths() throws {
    let pattern = Parameter.named("pattern")!
    #expect(try pattern.value(reading: "12") == .text("12"))
    #expect(try pattern.value(reading: "none") == .text("none"))
    #expect(throws: ParameterError.self) { try pattern.value(reading: "") }
    #expect(throws: ParameterError.self) { try pattern.value(reading: "a\0b", isPlain: false) }
    let disruption = Parameter.named("disruption")!
    #expect(try disruption.value(reading: "none") == .absent)
    #expect(try disruption.value(reading: "none", isPlain: false) == .text("none"))
    #expect(throws: ParameterError.self) { try disruption.value(reading: "") }
  }
}
