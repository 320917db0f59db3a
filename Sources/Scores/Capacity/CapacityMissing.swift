/// Why a capacity or its exponent is missing.
public enum CapacityMissing: Equatable, Sendable {
  /// There is no trial.
  case noTrials
  /// All trials succeeded, or all failed.
  case oneOutcome
  /// The logistic fit does not fall with length, as where one length was tested.
  case levelOrRising
  /// The power law says nothing about networks of size 0.
  case sizeZero
  /// A slope over sizes needs two of them at which the capacity is not censored.
  case tooFewSizes(uncensored: Int)
}

extension CapacityMissing: CustomStringConvertible {
  /// The reason in words.
  public var description: String {
    switch self {
    case .noTrials:
      "there are no trials"
    case .oneOutcome:
      "every trial has the same outcome: no frontier lies among the tested sizes and lengths"
    case .levelOrRising:
      "success does not fall with length: no frontier can be fitted"
    case .sizeZero:
      "a power law does not reach size 0"
    case .tooFewSizes(let uncensored):
      "the tested lengths bracket the capacity at \(uncensored) size\(uncensored == 1 ? "" : "s"), "
        + "an exponent needs 2"
    }
  }
}
