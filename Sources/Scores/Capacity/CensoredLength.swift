/// A sequence length that was found among the tested ones, or on which side of them it lies.
public enum CensoredLength: Equatable, Sendable {
  /// Shorter than the shortest tested length, which is given.
  case below(Double)

  /// This long, between the shortest and the longest tested length.
  case at(Double)

  /// Longer than the longest tested length, which is given.
  case above(Double)

  /// Marks a length that lies outside the tested ones as censored.
  ///
  /// - Parameters:
  ///   - length: Any length; infinite ones and 0 are censored.
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

  /// The length where it was found; missing where it is censored.
  public var length: Double? {
    if case .at(let length) = self { length } else { nil }
  }

  /// Whether the length lies beyond the tested ones: ``bound`` is then all that is known.
  public var isCensored: Bool { length == nil }

  /// The length, or the tested length beyond which it lies.
  public var bound: Double {
    switch self {
    case .below(let bound), .at(let bound), .above(let bound): bound
    }
  }

  /// The length on the whole line: 0 or infinity where it lies beyond the tested ones.
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

/// An interval whose ends may lie beyond the tested lengths, each marked on its own.
public struct CensoredInterval: Equatable, Sendable {
  /// The lower end.
  public let lower: CensoredLength

  /// The upper end.
  public let upper: CensoredLength
}

extension CensoredInterval {
  /// Whether the interval admits a length: an end beyond the tested lengths admits all of them.
  public func contains(_ length: Double) -> Bool {
    let reachesDown = if case .above(let longest) = lower { longest } else { lower.unbounded }
    let reachesUp = if case .below(let shortest) = upper { shortest } else { upper.unbounded }
    return reachesDown <= length && length <= reachesUp
  }
}
