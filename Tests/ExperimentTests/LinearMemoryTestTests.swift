import NeuralCore
import Parameters
import Scores
import TestSupport
import Testing

@testable import Experiment
@testable import SweepPlan

@Suite struct LinearMemoryTestTests {
  private static let pattern = "# name: scale nNeurons: 3 nSteps: 4\n1 0 0 0\n0 1 0 1\n0 0 1 0\n"

  private func model(_ assignments: [String: ParameterValue] = [:]) throws -> TrialModel {
    let parameters = try ParameterSet(
      ["pattern": .text("scale.txt"), "latent": .integer(6), "seed": .integer(3)]
        .merging(assignments) { $1 })
    return try TrialModel(parameters, pattern: Self.pattern)
  }

  /// Delays reach over one to two notes, so a network without training remembers a little.
  @Test func untrainedNetwork() throws {
    let model = try model()
    let network = try model.newNetwork()
    let memory = try #require(
      try LinearMemoryTest(model, notes: MemoryNotes(neurons: network.neurons)).memory(
        of: model.learner(of: network)))
    #expect(memory.capacity > 0.5 && memory.capacity <= 9)
    // What was asked for is read from the very note it came before.
    #expect(memory.capacities[0] > 0.5)
    #expect(try linearMemoryCapacity(of: model.learner(of: network), in: model) == memory.capacity)
  }

  @Test func trainedNetwork() throws {
    let model = try model(["training_cycles": .integer(50), "replay_cycles": .integer(0)])
    let simulation = try model.simulation(of: model.newNetwork())
    try simulation.run(recording: { _ in .none }, observe: { _, _ in })
    let network = simulation.network(beforeCycle: 50)
    let capacity = try #require(try linearMemoryCapacity(of: model.learner(of: network), in: model))
    #expect(capacity > 0 && capacity <= 9)
    // Where the network stood when it was saved has been washed out.
    var rested = network
    rested.state = NetworkState(neurons: network.neurons, constants: model.constants)
    let again = try #require(try linearMemoryCapacity(of: model.learner(of: rested), in: model))
    #expect(abs(capacity - again) < 1e-6)
  }

  @Test func kernelsAgree() throws {
    let capacities = try ["reference", "windowed"].map { kernel in
      let model = try model(["kernel": .text(kernel)])
      return try #require(try linearMemoryCapacity(of: model.newLearner(), in: model))
    }
    #expect(abs(capacities[0] - capacities[1]) < 1e-6)
  }

  /// The ridge is what makes it so: without one, rounding would decide.
  @Test func precisionHardlyMatters() throws {
    let capacities = try ["single", "double"].map { precision in
      let model = try model(["precision": .text(precision)])
      return try #require(try linearMemoryCapacity(of: model.newLearner(), in: model))
    }
    #expect(abs(capacities[0] - capacities[1]) < 0.02)
  }

  /// If this fails, the luck of one random input passes for a property of the network.
  @Test func severalInputsAreAveraged() throws {
    let model = try model(["replay_cycles": .integer(14)])
    func scores(_ inputs: Int) throws -> ScoreValues {
      try CapacityTest(
        of: model.newLearner(), in: model, recall: RecallTest(model), resources: [:], inputs: inputs
      ).scores
    }
    let (one, three) = (try scores(1), try scores(3))
    #expect(one.linearMemoryCapacitySD == nil)
    #expect(try #require(three.linearMemoryCapacitySD) > 0)
    // The first input is that of a single one; each input starts from where the last left the network.
    let learner = try model.newLearner()
    let each = try (0..<3).map {
      try #require(try linearMemoryCapacity(of: learner, in: model, input: $0))
    }
    #expect(one.linearMemoryCapacity == each[0])
    #expect(try #require(three.linearMemoryCapacity) == each.reduce(0, +) / 3)
    #expect(Set(each).count == 3)
  }

  @Test func divergedNetworkIsMissing() throws {
    let model = try model()
    var network = try model.newNetwork()
    network.state.dendriticPotential[4] = .nan
    #expect(try linearMemoryCapacity(of: model.learner(of: network), in: model) == nil)
  }

  /// A record samples the first step of each note of the pattern; notes of the input end there.
  @Test func notesEndAtTheirSamples() throws {
    let model = try model()
    let test = LinearMemoryTest(model, notes: MemoryNotes(neurons: 9))
    let steps = model.targets[0].stepsPerNote
    let shown = (0...1).flatMap { cycle in
      var potential = model.targets[0].potential
      test.ask(forCycle: cycle, in: &potential)
      return potential
    }
    let first = (0..<2 * model.targets[0].steps).map { shown[3 * $0] }
    #expect(shown.count == 3 * first.count)
    for step in first.indices {
      #expect(shown[3 * step + 1] == first[step] && shown[3 * step + 2] == first[step])
      if step > 0 { #expect((first[step] == first[step - 1]) == ((step - 1) % steps != 0)) }
    }
    #expect(first.allSatisfy { (-70..<(-50)).contains($0) })
    #expect(Set(first).count == 9)
  }
}
