import Glibc

/// How long trials are expected to take: by a guess at first, and then by what finished ones took.
///
/// The guess counts the steps and how long one takes on a core of 2024. What finished trials of a
/// network took over the guess corrects it for that network; until there are any, those of the next
/// smaller and the next larger network do. So the tests that a sweep asks for and the speed of the
/// machine need not be known.
public struct CostModel: Sendable {
  private struct Observation {
    var seconds = 0.0
    var guess = 0.0
    var ratio: Double { seconds / guess }
  }

  /// What was seen, by kind and number of neurons.
  private var observations: [TrialShape.Kind: [Int: Observation]] = [:]

  /// Creates a model that has seen nothing.
  public init() {}

  /// The expected time of a trial [core-seconds].
  public func seconds(_ shape: TrialShape) -> Double {
    Self.guess(shape) * ratio(shape.network)
  }

  /// Whether a trial with such a network has been seen.
  public func knows(_ network: TrialShape.Network) -> Bool {
    observations[network.kind]?[network.neurons] != nil
  }

  /// Takes in how long a trial took [s].
  public mutating func learn(_ shape: TrialShape, seconds: Double) {
    let network = shape.network
    var observation = observations[network.kind]?[network.neurons] ?? Observation()
    observation.seconds += seconds
    observation.guess += Self.guess(shape)
    observations[network.kind, default: [:]][network.neurons] = observation
  }

  /// How much longer than by the guess trials of a network take.
  private func ratio(_ network: TrialShape.Network) -> Double {
    guard let sizes = observations[network.kind] else {
      // Another kind says how fast the machine is, if nothing else.
      let all = observations.values.flatMap(\.values).reduce(into: Observation()) {
        $0.seconds += $1.seconds
        $0.guess += $1.guess
      }
      return all.guess > 0 ? all.ratio : 1
    }
    let below = sizes.keys.filter { $0 <= network.neurons }.max()
    let above = sizes.keys.filter { $0 >= network.neurons }.min()
    guard let below, let above else { return sizes[below ?? above!]!.ratio }
    guard below < above else { return sizes[below]!.ratio }
    let part =
      log(Double(network.neurons) / Double(below)) / log(Double(above) / Double(below))
    return sizes[below]!.ratio * (1 - part) + sizes[above]!.ratio * part
  }

  /// The time of a trial on a core of 2024 with the test of recall alone [s].
  private static func guess(_ shape: TrialShape) -> Double {
    let neurons = Double(shape.network.neurons)
    let perStep =
      switch (shape.network.kind.kernel, shape.network.kind.precision) {
      case ("reference", _): neurons * neurons * 5e-9
      case (_, "single"): neurons * neurons * 3e-11 + neurons * 6e-9
      default: neurons * neurons * 6e-11 + neurons * 7e-9
      }
    return shape.steps * perStep + 0.002
  }
}
