import NeuralCore
import Scores
import SweepPlan

/// Measures how much of its sequence, and of any input, a trained network holds.
struct CapacityTest {
  /// The values of the capacity columns of ``ScoreColumn/all``; missing ones left out.
  let scores: ScoreValues

  /// Measures a network.
  ///
  /// - Parameters:
  ///   - network: The network after replay, whose state is washed out.
  ///   - recall: The test of its recall.
  ///   - resources: What it costs, as ``Resources`` says.
  ///   - inputs: How many random inputs the linear memory is measured with.
  ///   - control: Says whether the test must end.
  init(
    of network: any Learner, in model: TrialModel, recall: RecallTest, resources: ScoreValues,
    inputs: Int = 1, control: CycleControl = CycleControl()
  ) throws {
    var scores = ScoreValues()
    let memories = try (0..<inputs).map {
      try linearMemoryCapacity(of: network, in: model, input: $0, control: control)
    }
    let measured = memories.compactMap(\.self)
    if measured.count == inputs {
      scores.linearMemoryCapacity = measured.reduce(0, +) / Double(inputs)
      scores.linearMemoryCapacitySD = standardDeviation(of: measured)
    }
    let footprint = network.footprint
    let recalled = recall.patterns.compactMap { recall -> ScoreValues? in
      guard let accuracy = recall.replay.noteAccuracy else { return nil }
      let pattern = recall.target.pattern
      let bits = RecalledBits(
        length: pattern.notes, distinctColumns: pattern.distinctColumns, noteAccuracy: accuracy)
      var scores = ScoreValues()
      scores.recalledBits = bits.value
      scores.bitsPerSynapse = bits.bitsPerSynapse(plasticSynapses: footprint.plasticParameters)
      scores.bitsPerNeuron = bits.value / Double(footprint.neurons)
      return scores
    }
    if recalled.count == recall.patterns.count { scores.merge(ScoreColumn.together(recalled)) }
    // Training without criterion counts in full. Leaving such trials out would leave the quick learners.
    if let bits = scores.recalledBits, let spent = resources.multiplyAddsToCriterion, spent > 0 {
      scores.bitsPerMultiplyAddSpent = bits / spent
    }
    self.scores = scores
  }
}

/// Shows a network random notes, without learning, and measures how many of them its rates hold.
struct LinearMemoryTest {
  /// The inputs are drawn uniformly from the leak potential up to this far above it [mV], the range
  /// of the target.
  static let inputSpan = 20.0

  private let target: Target
  private let notes: MemoryNotes
  private let cycles: Int

  /// One potential per note [mV], the same for all visible somata; one more than is shown in full.
  private let inputs: [Double]

  /// Draws the inputs.
  ///
  /// - Parameters:
  ///   - model: The trial's. The cycles of its target are those of the test; the potentials
  ///     of the target are replaced.
  ///   - notes: The numbers of notes for washout, training and test.
  ///   - input: The number of the draw.
  init(_ model: TrialModel, notes: MemoryNotes, input: Int = 0) {
    target = model.targets[0]
    self.notes = notes
    cycles = notes.cycles(of: target.pattern.notes)
    var random = RandomStream(seed: model.seed, purpose: .memoryInput, index: input)
    inputs = (0...cycles * target.pattern.notes).map { _ in
      model.constants.leakPotential + Self.inputSpan * random.uniform()
    }
  }

  /// Measures a network, whose state it washes out.
  ///
  /// - Parameter control: Says whether the test must end.
  /// - Returns: Nothing for a network that does not stay finite.
  func memory(
    of network: any Learner, control: CycleControl = CycleControl()
  ) throws -> LinearMemory? {
    var drive = CycleDrive(nudged: true)
    drive.plastic = false
    drive.control = control
    // As long as a cycle of the target, which takes megabytes: made once.
    drive.potential = target.potential
    var measurement = LinearMemoryMeasurement(
      inputs: Array(inputs.prefix(notes.total)), neurons: network.neurons, notes: notes)
    // One sample per note.
    var record: RateRecord? = RateRecord(neurons: network.neurons, every: target.stepsPerNote)
    for cycle in 0..<cycles {
      ask(forCycle: cycle, in: &drive.potential!)
      try network.runCycle(drive, recordingInto: &record)
      guard network.isFinite else { return nil }
      measurement.add(record!.values)
      record!.removeAll()
      try control.checkAfterCycle?()
    }
    return measurement.memory
  }

  /// Fills in the potentials of the teacher in a cycle.
  ///
  /// Samples are taken in the first step of each note of the pattern. The notes of the input end
  /// just there: note k has the steps up to and including the one that takes sample k.
  ///
  /// - Parameter potential: In [mV], shape `[step, neuron]`.
  func ask(forCycle cycle: Int, in potential: inout [Double]) {
    for step in 0..<target.steps {
      let note = (cycle * target.steps + step + target.stepsPerNote - 1) / target.stepsPerNote
      for neuron in 0..<target.visible {
        potential[step * target.visible + neuron] = inputs[note]
      }
    }
  }
}

/// The linear memory capacity of a network: how many past inputs a linear read-out finds in its
/// rates, at most its number of neurons.
///
/// - Parameters:
///   - network: A network as it stands, trained or not, whose state is washed out.
///   - model: The trial's, which gives target, constants and seed.
///   - input: Which of the random inputs of the seed.
///   - control: Says whether the test must end.
/// - Returns: Missing for a network that does not stay finite.
/// - SeeAlso: `LinearMemory`, which defines the score.
public func linearMemoryCapacity(
  of network: any Learner, in model: TrialModel, input: Int = 0,
  control: CycleControl = CycleControl()
) throws -> Double? {
  var notes = MemoryNotes(neurons: network.neurons)
  while true {
    let memory = try LinearMemoryTest(model, notes: notes, input: input).memory(
      of: network, control: control)
    guard let memory, memory.mayReachFurther, let further = notes.further(neurons: network.neurons)
    else { return memory?.capacity }
    notes = further
  }
}
