import Foundation
import NeuralCore
import Testing

/// If these fail, membrane noise is stronger or weaker than the table says, or a severity is
/// compared with other draws than its neighbour.
@Suite struct MembraneNoiseTests {
  private static let constants = ModelConstants()
  private static let target = Target(
    pattern: Pattern(
      name: "silent", columns: [[Bool]](repeating: [Bool](repeating: false, count: 50), count: 2)),
    stepsPerNote: 3)

  /// The noise on every soma in the first step of a cycle [mV].
  private static func kicks(
    _ kernel: KernelChoice, _ network: Network, _ noise: MembraneNoise
  ) -> [Double] {
    func potentials(_ noise: MembraneNoise?) -> [Double] {
      var drive = CycleDrive(nudged: false)
      drive.membraneNoise = noise
      let started = kernel.type.init(
        network: network, targets: [target], learning: LearningRule(), constants: constants)
      // The inverse of the rate function.
      return started.rates(drive, neurons: network.neurons).prefix(network.neurons).map {
        constants.rateThreshold - log(1 / $0 - 1) / constants.rateSlope
      }
    }
    return zip(potentials(noise), potentials(nil)).map { $0 - $1 }
  }

  @Test(
    "A step of 0.1 ms adds the strength times the root of the step",
    arguments: KernelChoice.allCases, [0.5, 4])
  func scale(kernel: KernelChoice, strength: Double) throws {
    let network = try Network(NetworkParameters(visible: 50, latent: 250), seed: 1)
    let kicks = (0..<10).flatMap { cycle in
      Self.kicks(kernel, network, MembraneNoise(strength: strength, seed: 1, cycle: cycle))
    }
    let count = Double(kicks.count)
    let expected = strength * 0.1.squareRoot()
    let mean = kicks.reduce(0, +) / count
    let deviation = (kicks.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
    #expect(count == 3_000)
    #expect(abs(mean) < 5 * expected / count.squareRoot())
    #expect(abs(deviation / expected - 1) < 5 / (2 * count).squareRoot())
  }

  @Test("The strength only scales the draws; another cycle or seed has others")
  func draws() throws {
    let network = try Network(NetworkParameters(visible: 50, latent: 10), seed: 1)
    func kicks(_ strength: Double, seed: UInt64 = 1, cycle: Int = 3) -> [Double] {
      Self.kicks(
        .reference, network, MembraneNoise(strength: strength, seed: seed, cycle: cycle))
    }
    let weak = kicks(1)
    #expect(deviation(kicks(2), weak.map { 2 * $0 }) < 1e-9)
    #expect(deviation(kicks(1), weak) == 0)
    #expect(deviation(kicks(1, seed: 2), weak) > 0.1)
    #expect(deviation(kicks(1, cycle: 4), weak) > 0.1)
  }
}
