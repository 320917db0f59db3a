import NeuralCore
import Parameters

/// A stretch of a pattern in which every visible neuron is silent for longer than the longest delay.
///
/// Delays carry the activity of the visible neurons over a silence. Networks seldom learn a longer one;
/// docs/songs.md has the measurement.
struct LongSilence {
  /// The file and the pattern, for a message.
  let place: String

  /// The length of the stretch [notes].
  let notes: Int

  /// The length of the stretch [ms].
  let duration: Double

  /// The longest delay [ms].
  let delay: Double

  var warning: String {
    "\(place): all visible neurons are silent for \(notes) note\(notes == 1 ? "" : "s in a row") "
      + "(\(ParameterValue.real(duration)) ms), longer than delay_max "
      + "(\(ParameterValue.real(delay)) ms); networks seldom learn what follows"
  }
}

extension InputFile {
  /// Sentences about content that is allowed but may be a mistake, alone or with these parameters.
  public func warnings(with parameters: ParameterSet) -> [String] {
    warnings + longSilences(parameters.partial).map(\.warning)
  }

  /// The parameters that ``longSilences(_:)`` uses.
  static let silenceKeys = [
    "pattern", "pattern_count", "sequence_length", "note_duration", "delay_max",
  ]

  /// The longest silence of each pattern in which it is longer than `delay_max`.
  func longSilences(_ values: PartialValues) -> [LongSilence] {
    guard role == .pattern, let note = values.noteDuration, let delay = values.delayMax,
      let patterns = try? Pattern.all(parsing: text)
    else { return [] }
    return patterns.prefix(values.patternCount ?? patterns.count).compactMap { pattern in
      let length = min(values.sequenceLength ?? pattern.notes, pattern.notes)
      let silence = pattern.playing(0..<length).longestSilence
      let duration = (Double(silence) * note * 1e6).rounded() / 1e6  // without errors of rounding
      // A pattern without any activity has a warning of its own.
      guard duration > delay, silence < length else { return nil }
      return LongSilence(
        place: "\(quoted(path, limit: 1000)), pattern \(quoted(pattern.name))", notes: silence,
        duration: duration, delay: delay)
    }
  }
}
