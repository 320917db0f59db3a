/// A sequence length [notes] that is censored if it lies outside the tested lengths.
public enum CensoredLength: Equatable, Sendable {
  /// Shorter than the shortest tested length, which is the associated value.
  case below(Double)

  /// This length, between the shortest and the longest tested length.
  case at(Double)

  /// Longer than the longest tested length, which is the associated value.
  case above(Double)

  /// Censors a length if it lies outside the tested lengths.
  ///
  /// - Parameters:
  ///   - length: Any length, also 0 or infinity.
  ///   - tested: The shortest and the longest tested length.
  init(_ length: Double, tested: ClosedRange<Double>) {
    if length < tested.lowerBound {
      self = .below(tested.lowerBound)
    } else if length > tested.upperBound {
      self = .above(tested.upperBound)
    } else {
      self = .at(length)
    }
  }

  /// The length; nil if it is censored.
  public var length: Double? {
    if case .at(let length) = self { length } else { nil }
  }

  /// Whether the length lies outside the tested lengths, so that only ``bound`` is known.
  public var isCensored: Bool { length == nil }

  /// The length, or the tested length beyond which it lies.
  public var bound: Double {
    switch self {
    case .below(let bound), .at(let bound), .above(let bound): bound
    }
  }

  /// The length; 0 or infinity if it is censored.
  var unbounded: Double {
    switch self {
    case .below: 0
    case .at(let length): length
    case .above: .infinity
    }
  }
}

extension CensoredLength: CustomStringConvertible {
  /// `57.0`, `> 200.0` or `< 10.0`.
  public var description: String {
    switch self {
    case .below(let bound): "< \(bound)"
    case .at(let length): "\(length)"
    case .above(let bound): "> \(bound)"
    }
  }
}

/// An interval of lengths, each end of which may be censored.
public struct CensoredInterval: Equatable, Sendable {
  /// The lower end.
  public let lower: CensoredLength

  /// The upper end.
  public let upper: CensoredLength
}

extension CensoredInterval {
  /// Whether the interval may contain a length. A censored end admits all lengths beyond the tested
  /// ones.
  public func contains(_ length: Double) -> Bool {
    let reachesDown = if case .above(let longest) = lower { longest } else { lower.unbounded }
    let reachesUp = if case .below(let shortest) = upper { shortest } else { upper.unbounded }
    return reachesDown <= length && length <= reachesUp
  }
}
