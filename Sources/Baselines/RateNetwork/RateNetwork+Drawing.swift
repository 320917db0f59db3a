import LinearAlgebra
import NeuralCore

extension RateNetwork {
  /// Draws `W` from Normal(0, gain² / N), whose spectral radius is about the gain.
  ///
  /// - SeeAlso: Sompolinsky, Crisanti and Sommers (1988): chaos beyond a gain of 1.
  mutating func drawRecurrent(gain: Double, seed: UInt64) {
    var random = RandomStream(seed: seed, purpose: .recurrentWeights)
    let deviation = gain / Double(latent).squareRoot()
    for index in recurrent.indices { recurrent[index] = deviation * random.normal() }
  }

  /// Draws `W` likewise and scales it so that its largest eigenvalue has a given absolute value.
  ///
  /// - SeeAlso: Jaeger (2001); Lukosevicius (2012), section 3.2.4.
  mutating func drawRecurrent(spectralRadius: Double, seed: UInt64) {
    drawRecurrent(gain: 1, seed: seed)
    let radius = Matrix(rows: latent, columns: latent, values: recurrent).spectralRadius
    guard radius > 0 else { return }
    for index in recurrent.indices { recurrent[index] *= spectralRadius / radius }
  }

  /// Draws `W_fb` uniformly from `-scale` to `scale`.
  mutating func drawFeedback(scale: Double, seed: UInt64) {
    var random = RandomStream(seed: seed, purpose: .feedbackWeights)
    for index in feedback.indices { feedback[index] = scale * (2 * random.uniform() - 1) }
  }

  /// Draws the biases uniformly from `-scale` to `scale`.
  mutating func drawBias(scale: Double, seed: UInt64) {
    var random = RandomStream(seed: seed, purpose: .biases)
    for index in bias.indices { bias[index] = scale * (2 * random.uniform() - 1) }
  }

  /// Draws the read-out from Normal(0, 1 / N), without intercepts.
  mutating func drawReadout(seed: UInt64) {
    var random = RandomStream(seed: seed, purpose: .readoutWeights)
    let deviation = 1 / Double(latent).squareRoot()
    for index in 0..<latent * visible { readout[index] = deviation * random.normal() }
  }
}
