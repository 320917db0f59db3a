import Testing

@testable import SweepPlan

@Suite("--set takes key=value")
struct OverrideTests {
  @Test(
    "A bad setting says what is wrong with it",
    arguments: [
      ("latent", "got 'latent'; expected key=value"),
      ("=5", "got '=5'; expected key=value"),
      (
        "latnet=5",
        "unknown parameter 'latnet', did you mean 'latent'?; `elise-sweep parameters` lists every key"
      ),
      ("latent=", "latent: got nothing; expected an integer from 2 to 100000"),
      ("nudging=1", "nudging: got '1'; expected a number from 0 to 1 (excluded)"),
      (
        "delay_min=0",
        "delay_min: got '0'; expected a number from 0 (excluded) to 10000 ms"
      ),
      ("kernel=fast", "kernel: got 'fast'; expected windowed or reference"),
      (
        "sequence_length=1",
        "sequence_length: got '1'; expected an integer from 2 to 1000000 notes, or none"
      ),
      (
        "learning_rate_latent=-1",
        "learning_rate_latent: got '-1'; expected a finite number of at least 0 per step"
      ),
    ])
  func refused(argument: String, message: String) {
    do {
      _ = try Override(argument)
      Issue.record("accepted")
    } catch { #expect("\(error)" == message) }
  }
}
