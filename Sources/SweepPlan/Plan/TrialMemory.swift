import NeuralCore
import Parameters

/// The memory that a trial takes.
public struct TrialMemory: Equatable, Sendable {
  /// For the network and what is computed from it [bytes].
  public var network: Double
  /// For the record of a cycle [bytes].
  public var record: Double
  /// The number of neurons.
  public var neurons: Int

  /// All of it [bytes].
  public var bytes: Double { network + record }

  /// - Parameters:
  ///   - network: For the network and what is computed from it [bytes].
  ///   - record: For the record of a cycle [bytes].
  package init(network: Double, record: Double, neurons: Int) {
    (self.network, self.record, self.neurons) = (network, record, neurons)
  }
}

extension TrialMemory {
  /// The memory of a trial with some parameters.
  ///
  /// - Parameter patterns: The sizes of the patterns that it learns.
  public init(
    _ parameters: ParameterSet, patterns: [PatternSize], scoreGroups: some Sequence<ScoreGroup>
  ) {
    let model = parameters.model
    let visible = Double(patterns.reduce(0) { $0 + $1.visible })
    let duration = Double(patterns.map(\.notes).max() ?? 0) * parameters.noteDuration  // [ms]
    let latent = Double(parameters.latent)
    var network = model.networkBytes(
      parameters, visible, latent, duration / model.step(parameters))
    if parameters.ifKnown(\.precision) == "single" && parameters.ifKnown(\.kernel) != "reference" {
      network /= 2
    }
    let square = (visible + latent) * (visible + latent)
    // The covariance of all rates and its factor; a state to start from for each pattern.
    let tests = scoreGroups.map { group -> Double in
      switch group {
      case .recall: 0
      case .capacity: 16 * square
      case .robustness: 8 * square * Double(patterns.count)
      }
    }
    self.network = network + (tests.max() ?? 0)
    record = duration / parameters.core.constants.timeStep * visible * 8
    neurons = Int(visible + latent)
  }
}

extension PatternSize {
  /// The sizes of the patterns that a trial learns.
  ///
  /// - Parameter text: The content of the pattern file; nil if the pattern is generated.
  /// - Throws: `PatternError`.
  package static func all(_ parameters: ParameterSet, text: String?) throws -> [PatternSize] {
    let file = try text.map { try Pattern.all(parsing: $0).map(PatternSize.init) }
    return all(parameters.partial, file: file) ?? []
  }
}
