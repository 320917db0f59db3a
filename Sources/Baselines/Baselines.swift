/// Every baseline. To add one, add a file or a folder beside this file and a line here.
public enum Baselines {
  /// In the order of the tables.
  public static let all: [Baseline] = [
    Baseline(EchoState.self),
    Baseline(Force.self),
    Baseline(RandomFeedbackOnline.self),
    Baseline(ThroughTime.self),
  ]
}
