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
