import Glibc
import NeuralCore

/// The equations of docs/model.md, *One time step*, with the rates of all steps and the indices of
/// the equations: `r(t, j)` is the rate of neuron j at the end of step t.
struct PlainModel {
  var u: [Double]
  var v: [Double]
  var rbar: [Double]
  var w: [[Double]]
  private(set) var rates: [[Double]] = []

  private let network: Network
  private let past: [[Double]]
  private let constants: ModelConstants
  /// The factors of each neuron's slope, distance of the threshold, and leak.
  private let factors: [[Double]]

  init(_ network: Network, _ constants: ModelConstants) {
    self.network = network
    self.constants = constants
    var random = RandomStream(seed: constants.heterogeneitySeed, purpose: .heterogeneity)
    factors = (0..<network.neurons).map { _ in
      (0..<3).map { _ in max(0.1, 1 + constants.heterogeneity * random.normal()) }
    }
    let neurons = network.neurons
    u = network.state.somaticPotential
    v = network.state.dendriticPotential
    rbar = network.state.trace
    w = (0..<neurons).map { i in (0..<neurons).map { network.dendriticWeight[i * neurons + $0] } }
    let history = network.state.rateHistory.doubles
    past = stride(from: 0, to: history.count, by: neurons)
      .map { Array(history[$0..<$0 + neurons]) }
  }

  private func r(_ t: Int, _ j: Int) -> Double {
    if t >= 0 { return rates[t][j] }
    return past.count + t >= 0 ? past[past.count + t][j] : constants.restingRate
  }

  mutating func runCycle(_ target: Target, _ learning: LearningRule, nudged: Bool) {
    for step in 0..<target.steps {
      let m =
        nudged ? (0..<network.visible).map { target.potential[step * network.visible + $0] } : nil
      advance(m, learning)
    }
  }

  private mutating func advance(_ m: [Double]?, _ learning: LearningRule) {
    let t = rates.count
    let neurons = 0..<network.neurons
    let c = constants
    let (dt, gl, gd) = (c.timeStep, c.leakConductance, c.dendriteConductance)
    let (el, ee, ei) = (c.leakPotential, c.excitatoryPotential, c.inhibitoryPotential)
    let delayed = neurons.map { r(t - (network.dendriticDelay[$0] - 1), $0) }
    let input = neurons.map { i in neurons.map { w[i][$0] * delayed[$0] }.reduce(0, +) }
    var gE = neurons.map { _ in 0.0 }
    var gI = gE
    for edge in network.scaffold.edges {
      let rest = constants.restingRate
      gE[edge.post] +=
        c.excitatoryScale * max(r(t - network.scaffoldDelay[edge.pre], edge.pre), rest)
      gI[edge.post] +=
        c.inhibitoryScale * max(r(t - network.interneuronDelay[edge.pre], edge.pre), rest)
    }
    for (i, m) in (m ?? []).enumerated() {
      let k = c.nudging / (1 - c.nudging) * (gl + gd)
      gE[i] = k * (ei - m) / (ei - ee)
      gI[i] = k * (m - ee) / (ei - ee)
    }
    func phi(_ i: Int, _ u: Double) -> Double {
      let (a, distance) = (c.rateSlope * factors[i][0], (c.rateThreshold - el) * factors[i][1])
      return 1 / (1 + exp(a * (el + distance - u)))
    }
    let leak = neurons.map { gl * factors[$0][2] }
    let vstar = neurons.map { (leak[$0] * el + gd * v[$0]) / (leak[$0] + gd) }
    for i in neurons {
      u[i] +=
        dt
        * (leak[i] * (el - u[i]) + gd * (v[i] - u[i]) + gE[i] * (ee - u[i]) + gI[i] * (ei - u[i]))
      v[i] += leak[i] * dt * (el - v[i] + input[i])
      rbar[i] += gl * dt * (gd / (gl + gd) * delayed[i] - rbar[i])
    }
    let new = neurons.map { phi($0, u[$0]) }
    for i in neurons {
      for j in neurons where network.dendriticSynapse[i * network.neurons + j] {
        let eta = i < network.visible && j < network.visible ? learning.visible : learning.latent
        w[i][j] += eta * (new[i] - phi(i, vstar[i])) * rbar[j]
      }
    }
    rates.append(new)
  }
}
