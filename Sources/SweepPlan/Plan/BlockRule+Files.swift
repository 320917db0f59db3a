import NeuralCore
import Parameters

extension BlockRule {
  /// The rules for parameters and the contents of the sweep's files.
  ///
  /// - Parameter memory: The memory limit of a trial [bytes].
  static func ofFiles(_ files: InputFiles, memory: Double) -> [BlockRule] {
    [
      sequenceLength(files), patternCount(files), cueNotes(files), disruption(files),
      self.memory(files, available: memory),
    ]
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

  /// A network and the recording of a cycle fit into the memory of this machine.
  private static func memory(_ files: InputFiles, available: Double) -> BlockRule {
    let steps = ModelKind.all.compactMap(\.stepKey)
    return BlockRule(keys: ["latent", "note_duration", "model"] + PatternSize.keys + steps) {
      values in
      guard let latent = values.latent, let note = values.noteDuration,
        let name = values.model, let model = ModelKind.named(name),
        let sizes = PatternSize.all(values, files: files)
      else { return nil }
      let visible = Double(sizes.reduce(0) { $0 + $1.visible })
      let duration = Double(sizes.map(\.notes).max() ?? 0) * note
      let step = model.stepKey.flatMap { key in
        Parameter.named(key)?.completed(values[key], for: name).number
      }
      let stepLength = step ?? ModelConstants().timeStep
      let network = model.networkBytes(visible, Double(latent), duration / stepLength)
      let cycle = duration * 10 * visible * 8
      guard network + cycle > available else { return nil }
      func gigabytes(_ bytes: Double) -> String { "\(Int((bytes / 1e9).rounded(.up))) GB" }
      let allowed = "what fits into the memory of this machine, \(gigabytes(available))"
      return network > cycle
        ? .notAllowed(
          key: "latent",
          found: "\(latent), with which a network of \(Int(visible) + latent) neurons takes "
            + gigabytes(network), allowed: allowed)
        : .notAllowed(
          key: "note_duration",
          found:
            "\(ParameterValue.real(note)) ms, with which the record of a cycle takes \(gigabytes(cycle))",
          allowed: allowed)
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
