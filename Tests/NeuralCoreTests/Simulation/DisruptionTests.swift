import NeuralCore
import TestSupport
import Testing

/// If these fail, other somata are silenced than the file says, at other times, or a bad file is
/// read as something that its author did not mean.
@Suite struct DisruptionTests {
  private static let example =
    "t_start: 900 t_end: 1500 nrn_start: 0 nrn_end: 13 offset_el: 15"

  /// Ten notes of a hundred steps for four visible neurons.
  private static let target = Target(
    pattern: Pattern(
      name: "blank", columns: [[Bool]](repeating: [Bool](repeating: false, count: 4), count: 10)),
    stepsPerNote: 100)

  private static func message(of text: String) -> String? {
    do throws(DisruptionError) {
      _ = try Disruption(parsing: text)
      return nil
    } catch {
      return error.description
    }
  }

  @Test(
    "The files of the paper's authors are read",
    arguments: [
      ("fuer_elise_full", 0..<2500, 0.0), ("fuer_elise_full_offset", 0..<2500, 15),
      ("fuer_elise_small", 900..<1500, 0), ("fuer_elise_small_offset", 900..<1500, 15),
    ])
  func authorsFiles(name: String, steps: Range<Int>, offset: Double) throws {
    let disruption = try Disruption(parsing: Fixtures.text("disruptions/\(name).txt"))
    let pattern = try Pattern.all(parsing: Fixtures.text("patterns/fuer_elise.txt"))[0]
    #expect(
      try disruption.holds(
        in: Target(pattern: pattern, stepsPerNote: 100), constants: ModelConstants())
        == [SomaticHold(steps: steps, neurons: Array(0..<13), potential: -70 + offset)])
  }

  @Test(
    "Every line is a span, whatever ends it and however many are empty",
    arguments: ["\n", "\r\n", "\n\n", " \r\n\t\r\n"])
  func severalLines(ending: String) throws {
    let text =
      "t_start: 0 t_end: 1 nrn_start: 0 nrn_end: 1 offset_el: -2.5" + ending
      + "t_start:\t10  t_end: 1000 nrn_start: 2 nrn_end: 4 offset_el: 1e1" + ending
    let holds = try Disruption(parsing: text).holds(in: Self.target, constants: ModelConstants())
    #expect(
      holds == [
        SomaticHold(steps: 0..<1, neurons: [0], potential: -72.5),
        SomaticHold(steps: 10..<1000, neurons: [2, 3], potential: -60),
      ])
  }

  @Test("A file without a span is no disruption", arguments: ["", "\n", " \r\n\t\n"])
  func empty(text: String) {
    #expect(Self.message(of: text) == "got no span; expected a line like \"\(Self.example)\"")
  }

  @Test(
    "A line that is none is quoted, with its number",
    arguments: [
      ("t_start: 900", "t_start: 900"),
      ("t_start 1 t_end: 2 nrn_start: 0 nrn_end: 1 offset_el: 0", nil),
      ("t_end: 2 t_start: 1 nrn_start: 0 nrn_end: 1 offset_el: 0", nil),
      ("t_start: 1 t_end: 2 nrn_start: 0 nrn_end: 1 offset_el: 0 more: 1", nil),
      ("t_start: 1 t_end: 2 nrn_start: 0 nrn_end: 1 offset_el:", nil),
      (String(repeating: "x", count: 200), String(repeating: "x", count: 80)),
    ])
  func badLine(line: String, quoted: String?) {
    #expect(
      Self.message(of: "\(Self.example)\n\n\(line)\n")
        == "line 3: got \"\(quoted ?? line)\"; expected a line like \"\(Self.example)\"")
  }

  @Test(
    "An error names the value that is not allowed, and the allowed values",
    arguments: [
      (
        ["-1", "5", "0", "1", "0"],
        "t_start: got -1; expected a whole number from 0 to 99999999"
      ),
      (
        ["1.5", "5", "0", "1", "0"],
        "t_start: got 1.5; expected a whole number from 0 to 99999999"
      ),
      (
        ["100000000", "5", "0", "1", "0"],
        "t_start: got 100000000; expected a whole number from 0 to 99999999"
      ),
      (["5", "5", "0", "1", "0"], "t_end: got 5; expected a whole number from 6 to 100000000"),
      (
        ["99999999", "100000001", "0", "1", "0"],
        "t_end: got 100000001; expected a whole number from 100000000 to 100000000"
      ),
      (
        ["0", "5", "x", "1", "0"],
        "nrn_start: got x; expected a whole number from 0 to 99999999"
      ),
      (
        ["0", "5", "9223372036854775807", "1", "0"],
        "nrn_start: got 9223372036854775807; expected a whole number from 0 to 99999999"
      ),
      (
        ["0", "5", "3", "3", "0"], "nrn_end: got 3; expected a whole number from 4 to 100000000"
      ),
      (
        ["0", "5", "0", "1", "-1000.1"],
        "offset_el: got -1000.1; expected a number of mV from -1000 to 1000"
      ),
      (
        ["0", "5", "0", "1", "nan"],
        "offset_el: got nan; expected a number of mV from -1000 to 1000"
      ),
      (
        ["0", "5", "0", "1", "inf"],
        "offset_el: got inf; expected a number of mV from -1000 to 1000"
      ),
      (
        ["0", "5", "0", "1", "high"],
        "offset_el: got high; expected a number of mV from -1000 to 1000"
      ),
    ])
  func outOfRange(values: [String], message: String) {
    let keys = ["t_start", "t_end", "nrn_start", "nrn_end", "offset_el"]
    let line = zip(keys, values).map { "\($0): \($1)" }.joined(separator: " ")
    #expect(Self.message(of: "\n\(line)\n") == "line 2: \(message)")
  }

  @Test("The bounds themselves are allowed")
  func bounds() throws {
    let spans = try Disruption(
      parsing: "t_start: 99999999 t_end: 100000000 nrn_start: 99999999 nrn_end: 100000000 "
        + "offset_el: -1000\nt_start: 0 t_end: 1 nrn_start: 0 nrn_end: 1 offset_el: 1000"
    ).spans
    #expect(spans.map(\.offset) == [-1000, 1000])
    let whole = try Disruption(
      parsing: "t_start: 0 t_end: 1000 nrn_start: 0 nrn_end: 4 offset_el: 0")
    #expect(try whole.holds(in: Self.target, constants: ModelConstants()).count == 1)
  }

  @Test(
    "An error for a span beyond the sequence names the line of the file, including empty lines",
    arguments: [
      (
        "t_start: 0 t_end: 1001 nrn_start: 0 nrn_end: 4 offset_el: 0",
        "t_end: got 1001; expected at most 1000, the steps of a cycle"
      ),
      (
        "t_start: 0 t_end: 1000 nrn_start: 0 nrn_end: 5 offset_el: 0",
        "nrn_end: got 5; expected at most 4, the visible neurons"
      ),
    ])
  func beyondTheSequence(line: String, message: String) throws {
    let fitting = "t_start: 0 t_end: 1 nrn_start: 0 nrn_end: 1 offset_el: 0"
    let disruption = try Disruption(parsing: "\n\(fitting)\n\n\(line)\n")
    let error = #expect(throws: DisruptionError.self) {
      try disruption.holds(in: Self.target, constants: ModelConstants())
    }
    #expect(error?.description == "line 4: \(message)")
  }

  @Test("Spans that no file holds are counted from one")
  func withoutFile() {
    let span = Disruption.Span(steps: 0..<1, neurons: 0..<9, offset: 0)
    let error = #expect(throws: DisruptionError.self) {
      try Disruption(spans: [span]).holds(in: Self.target, constants: ModelConstants())
    }
    #expect(error?.description.hasPrefix("line 1: nrn_end: got 9") == true)
  }
}
