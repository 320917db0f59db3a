/// The registry of baselines. A new baseline is a file or folder beside this file and a line here.
public enum Baselines {
  /// All baselines, in the order of the tables.
  public static let all: [Baseline] = [
    Baseline(EchoState.self),
    Baseline(Force.self),
    Baseline(RandomFeedbackOnline.self),
    Baseline(ThroughTime.self),
  ]
}
