/// The outcome of a trial.
public enum TrialStatus: String, CaseIterable, Codable, Sendable {
  /// It ran to its end and was scored.
  case done
  /// It could not be run; the row has the reason.
  case failed
  /// A potential or weight was not a finite number.
  case diverged
  /// It took longer than the sweep allows.
  case timedOut = "timed_out"

  /// One byte for messages between ranks.
  package var code: UInt8 { UInt8(Self.allCases.firstIndex(of: self)!) }

  package init?(code: UInt8) {
    guard Self.allCases.indices.contains(Int(code)) else { return nil }
    self = Self.allCases[Int(code)]
  }
}
