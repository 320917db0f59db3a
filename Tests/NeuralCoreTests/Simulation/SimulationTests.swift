import NeuralCore
import Testing

/// If these fail, cycles run in another order, with another teacher or without the recordings that
/// scores are made from.
@Suite struct SimulationTests {
  private static let example = KernelCase(visible: 3, latent: 6)

  private static func simulation(
    _ kernel: KernelChoice, _ network: Network, training: Int, replay: Int,
    learning: LearningRule = LearningRule()
  ) -> Simulation {
    var schedule = TrainingSchedule()
    schedule.trainingCycles = training
    schedule.testEvery = 2
    schedule.replayCycles = replay
    schedule.nudgedReplayCycles = 1
    return Simulation(
      network: network, targets: [example.target], learning: learning, schedule: schedule,
      constants: ModelConstants(), kernel: kernel)
  }

  @Test("The cycles of the schedule run in their order", arguments: KernelChoice.allCases)
  func order(kernel: KernelChoice) throws {
    let network = try Self.example.network()
    let simulation = Self.simulation(kernel, network, training: 3, replay: 2)
    let plain = try Self.example.start(kernel, from: network)
    var seen: [Int] = []
    try simulation.run { _ in
      .everything
    } observe: { cycle, record in
      seen.append(cycle.phase == .training ? cycle.number : 100 + cycle.number)
      #expect(record?.values == plain.rates(ofCycle: cycle.nudged, neurons: 9))
    }
    #expect(seen == [-1, 0, 1, 2, 100, 101])
    #expect(simulation.network(beforeCycle: 3) == plain.network(beforeCycle: 3))
  }

  @Test("A saved network trains the cycles that are left")
  func continued() throws {
    var network = try Self.example.network()
    network.cycle = 1
    var seen: [Int] = []
    try Self.simulation(.windowedDouble, network, training: 3, replay: 0)
      .run { _ in
        .none
      } observe: { cycle, _ in
        seen.append(cycle.number)
      }
    #expect(seen == [1, 2])
  }

  @Test("A cycle is recorded as requested, and other cycles are not")
  func recording() throws {
    let simulation = Self.simulation(
      .windowedDouble, try Self.example.network(), training: 2, replay: 3)
    try simulation.run { cycle in
      cycle.number == 1 ? .visible : cycle.phase == .replay ? .everything : .none
    } observe: { cycle, record in
      switch (cycle.phase, cycle.number) {
      case (_, 1):
        #expect(record?.neurons == 3 && record?.every == 2 && record?.samples == 40)
      case (.replay, _):
        #expect(record?.neurons == 9 && record?.every == 1 && record?.samples == 80)
      default:
        #expect(record == nil)
      }
    }
  }

  @Test("A network that diverges stops its trial", arguments: KernelChoice.allCases)
  func divergence(kernel: KernelChoice) throws {
    let simulation = Self.simulation(
      kernel, try Self.example.network(), training: 1, replay: 5,
      learning: LearningRule(visible: 1e308, latent: 1e308))
    var seen: [Int] = []
    do {
      try simulation.run { _ in
        .none
      } observe: { cycle, _ in
        seen.append(cycle.number)
      }
      Issue.record("nothing was noticed")
    } catch let error as Simulation.Divergence {
      #expect(error.cycle.number == seen.count - 1, "found at the end of the cycle")
      #expect(
        "\(error)" == "diverged: a potential is no finite number after training cycle "
          + "\(error.cycle.number)")
      #expect(error.cycle.phase == .training)
    }
  }

  @Test("An error of the observer ends the run")
  func stopped() throws {
    struct Stop: Error {}
    let simulation = Self.simulation(
      .windowedDouble, try Self.example.network(), training: 5, replay: 5)
    var cycles = 0
    #expect(throws: Stop.self) {
      try simulation.run { _ in
        .none
      } observe: { _, _ in
        cycles += 1
        if cycles == 3 { throw Stop() }
      }
    }
    #expect(cycles == 3)
  }
}
