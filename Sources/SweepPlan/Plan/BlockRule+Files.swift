import Parameters

extension BlockRule {
  /// The rules for parameters and the contents of the sweep's files.
  static func ofFiles(_ files: InputFiles) -> [BlockRule] {
    [sequenceLength(files), patternCount(files), cueNotes(files), disruption(files)]
  }

  private static func sequenceLength(_ files: InputFiles) -> BlockRule {
    BlockRule(keys: ["sequence_length", "pattern", "pattern_count"]) { values in
      guard let length = values.sequenceLength,
        let (path, sizes) = files.patterns(values["pattern"]),
        let notes = sizes.prefix(values.patternCount ?? sizes.count).map(\.notes).min(),
        length > notes
      else { return nil }
      return .notAllowed(
        key: "sequence_length", found: "\(length)",
        allowed: "at most \(notes), the notes of \(quoted(path, limit: 1000)), or none")
    }
  }

  private static func patternCount(_ files: InputFiles) -> BlockRule {
    BlockRule(keys: ["pattern_count", "pattern"]) { values in
      guard let count = values.patternCount,
        let (path, sizes) = files.patterns(values["pattern"]), count > sizes.count
      else { return nil }
      return .notAllowed(
        key: "pattern_count", found: "\(count)",
        allowed: "at most \(sizes.count), the patterns in \(quoted(path, limit: 1000)), or none")
    }
  }

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
    BlockRule(keys: ["disruption", "note_duration", "time_step"] + PatternSize.keys) { values in
      guard let file = files.file(.disruption, values["disruption"]),
        case .disruption(let steps, let neurons) = file.facts, let note = values.noteDuration,
        let sizes = PatternSize.all(values, files: files),
        let notes = sizes.map(\.notes).min()
      else { return nil }
      let path = quoted(file.path, limit: 1000)
      let cycle = values.constants.steps(note) * notes
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
