/// The disturbances of the robustness battery.
public enum RobustnessKind: String, CaseIterable, Sendable {
  /// Visible somata are held near the leak potential for a while.
  case silence
  /// White noise is added to every soma.
  case membraneNoise = "membrane_noise"
  /// Random plastic synapses are deleted.
  case synapseLoss = "synapse_loss"
  /// Every weight is multiplied by `1 + sigma xi`.
  case weightNoise = "weight_noise"
  /// Random latent neurons are silenced at the resting rate.
  case latentLoss = "latent_loss"

  /// The severities that are tested, ascending, in the unit that ``unit`` names.
  public var severities: [Double] {
    switch self {
    case .silence: [0.1, 0.24, 0.5, 1, 2]
    case .membraneNoise: [0.5, 1, 2, 4, 8]
    case .synapseLoss: [0.01, 0.02, 0.05, 0.1, 0.2]
    case .weightNoise: [0.05, 0.1, 0.2, 0.4, 0.8]
    case .latentLoss: [0.02, 0.05, 0.1, 0.2, 0.4]
    }
  }

  /// The unit of the severities; nil for fractions.
  public var unit: String? {
    switch self {
    case .silence: "cycles"
    case .membraneNoise: "mV per sqrt(ms)"
    case .synapseLoss, .weightNoise, .latentLoss: nil
    }
  }
}

/// How the quality of replay falls with the severity of one kind of disturbance.
public struct RobustnessCurve: Equatable, Sendable {
  /// The severity at which half of the quality is left.
  public struct HalfSeverity: Equatable, Sendable {
    /// The severity, or the largest that was tested.
    public let value: Double
    /// Whether more than half was left at the largest one.
    public let isCensored: Bool
  }

  /// The severities, 0 first.
  public let severities: [Double]

  /// What is left of the quality at each: 1 is undisturbed, 0 is chance.
  public let quality: [Double]

  /// Compares disturbed with undisturbed replay.
  ///
  /// `Q(s) = clip((quality(s) - chance) / (quality(0) - chance), 0, 1)`
  ///
  /// - Parameters:
  ///   - severities: What was tested, ascending, all above 0.
  ///   - correlations: The correlation at each; missing where the replay had none, which leaves
  ///     nothing of the quality.
  ///   - undisturbed: The correlation of the undisturbed twin, above chance.
  ///   - chance: The correlation that is expected of notes in a random order.
  public init(
    severities: [Double], correlations: [Double?], undisturbed: Double, chance: Double
  ) {
    precondition(severities.count == correlations.count && undisturbed > chance)
    self.severities = [0] + severities
    quality =
      [1]
      + correlations.map { correlation in
        guard let correlation else { return 0 }
        return min(1, max(0, (correlation - chance) / (undisturbed - chance)))
      }
  }

  /// Area under the curve over the tested severities, scaled to [0, 1].
  public var robustness: Double {
    let area = severities.indices.dropFirst().reduce(0) { sum, index in
      sum + (severities[index] - severities[index - 1]) * (quality[index] + quality[index - 1]) / 2
    }
    return area / severities[severities.count - 1]
  }

  /// Where the curve first crosses one half, by linear interpolation.
  public var halfSeverity: HalfSeverity {
    guard let below = quality.firstIndex(where: { $0 < 0.5 }) else {
      return HalfSeverity(value: severities[severities.count - 1], isCensored: true)
    }
    let drop = quality[below - 1] - quality[below]
    let fraction = (quality[below - 1] - 0.5) / drop
    return HalfSeverity(
      value: severities[below - 1] + fraction * (severities[below] - severities[below - 1]),
      isCensored: false)
  }
}

/// How a replay comes back after a disturbance.
public enum Recovery {
  /// How many cycles in a row must be good.
  public static let goodCycles = 5

  /// What makes a cycle good: this fraction of the undisturbed correlation.
  public static let goodFraction = 0.9

  /// Cycles until the replay has recovered: the first from which ``goodCycles`` in a row reach
  /// ``goodFraction`` of the undisturbed correlation. Censored at the end of the test.
  public static func cycles(_ correlations: [Double?], undisturbed: Double) -> CensoredCount {
    let isGood = correlations.map { ($0 ?? -1) >= goodFraction * undisturbed }
    let first = isGood.indices.first { start in
      start + goodCycles <= isGood.count
        && isGood[start..<start + goodCycles].allSatisfy(\.self)
    }
    return first.map { CensoredCount($0) }
      ?? CensoredCount(correlations.count, isCensored: true)
  }

  /// How far a replay is behind its twin (positive) or ahead, as a part of a cycle in [-1/2, 1/2).
  ///
  /// - Parameters:
  ///   - shift: Its best shift [samples].
  ///   - twin: The best shift of the undisturbed twin in the same cycle.
  ///   - samples: Samples of a cycle.
  public static func phaseShift(_ shift: Int, twin: Int, samples: Int) -> Double {
    let difference = Double(shift - twin) / Double(samples)
    let wrapped = difference - (difference + 0.5).rounded(.down)
    return wrapped
  }
}
