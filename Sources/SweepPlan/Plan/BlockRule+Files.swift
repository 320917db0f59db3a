import NeuralCore
import Parameters

extension BlockRule {
  /// The rules that tie parameters to what is in the sweep's files.
  static func ofFiles(_ files: InputFiles) -> [BlockRule] {
    [sequenceLength(files), patternCount(files), cueNotes(files), disruption(files)]
  }

  /// A sequence is no longer than the patterns of its file.
  private static func sequenceLength(_ files: InputFiles) -> BlockRule {
    BlockRule(keys: ["sequence_length", "pattern", "pattern_count"]) { values in
      guard let length = values.sequenceLength,
        let file = files.file(.pattern, values["pattern"]), case .patterns(let sizes) = file.facts
      else { return nil }
      let count = values.patternCount ?? sizes.count
      guard let notes = sizes.prefix(count).map(\.notes).min(), length > notes else { return nil }
      return .sequenceTooLong(found: length, notes: notes, path: file.path)
    }
  }

  /// A file has as many patterns as are learned.
  private static func patternCount(_ files: InputFiles) -> BlockRule {
    BlockRule(keys: ["pattern_count", "pattern"]) { values in
      guard let count = values.patternCount,
        let file = files.file(.pattern, values["pattern"]),
        case .patterns(let sizes) = file.facts, count > sizes.count
      else { return nil }
      return .notAllowed(
        key: "pattern_count", found: "\(count)",
        allowed:
          "at most \(sizes.count), the patterns in \(quoted(file.path, limit: 1000)), or none")
    }
  }

  /// A cue is no longer than the shortest pattern.
  private static func cueNotes(_ files: InputFiles) -> BlockRule {
    BlockRule(keys: ["cue_notes"] + PatternSize.keys) { values in
      guard let cue = values.cueNotes,
        let notes = PatternSize.all(values, files: files)?.map(\.notes).min(),
        cue > notes
      else { return nil }
      return .notAllowed(
        key: "cue_notes", found: "\(cue)",
        allowed: "at most \(notes), the notes of the sequence, or none")
    }
  }

  /// A disruption stays within the cycle and the visible neurons.
  private static func disruption(_ files: InputFiles) -> BlockRule {
    BlockRule(keys: ["disruption", "note_duration"] + PatternSize.keys) { values in
      guard let file = files.file(.disruption, values["disruption"]),
        case .disruption(let steps, let neurons) = file.facts, let note = values.noteDuration,
        let sizes = PatternSize.all(values, files: files),
        let notes = sizes.map(\.notes).min()
      else { return nil }
      let path = quoted(file.path, limit: 1000)
      let cycle = Int((note * 10).rounded()) * notes
      let visible = sizes.reduce(0) { $0 + $1.visible }
      if steps > cycle {
        return .notAllowed(
          key: "disruption", found: "\(path), which ends at step \(steps)",
          allowed: "an end up to step \(cycle), the length of a cycle")
      }
      if neurons > visible {
        return .notAllowed(
          key: "disruption", found: "\(path), which ends at visible neuron \(neurons)",
          allowed: "an end up to \(visible), the number of visible neurons")
      }
      return nil
    }
  }
}
