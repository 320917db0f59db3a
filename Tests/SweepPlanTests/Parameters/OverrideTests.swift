import Testing

@testable import SweepPlan

@Suite("--set takes key=value")
struct OverrideTests {
  @Test(
    "A bad setting says what is wrong with it",
    arguments: [
      ("latent", "found 'latent'; allowed is key=value"),
      ("=5", "found '=5'; allowed is key=value"),
      (
        "latnet=5",
        "unknown parameter 'latnet', did you mean 'latent'?; `elise-sweep parameters` lists every key"
      ),
      ("latent=", "latent: found nothing; allowed is an integer from 2 to 100000"),
      ("nudging=1", "nudging: found '1'; allowed is a number from 0 to 1 (excluded)"),
      (
        "delay_min=5.05",
        "delay_min: found '5.05'; allowed is a multiple of 0.1 from 0.2 to 10000 ms"
      ),
      ("kernel=fast", "kernel: found 'fast'; allowed is windowed or reference"),
      (
        "sequence_length=1",
        "sequence_length: found '1'; allowed is an integer from 2 to 1000000 notes, or none"
      ),
      (
        "learning_rate_latent=-1",
        "learning_rate_latent: found '-1'; allowed is a number of at least 0 per step"
      ),
    ])
  func refused(argument: String, message: String) {
    do {
      _ = try Override(argument)
      Issue.record("accepted")
    } catch { #expect("\(error)" == message) }
  }
}
