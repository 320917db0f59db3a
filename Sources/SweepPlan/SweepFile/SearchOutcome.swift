/// What a trial says to a search.
public enum SearchOutcome: UInt8, Sendable {
  /// It meets the criterion.
  case met
  /// It does not, or the network diverged.
  case missed
  /// Nothing about the network, since it failed or took too long. The search ends there, and goes on
  /// when the trial is run again.
  case unknown
}
