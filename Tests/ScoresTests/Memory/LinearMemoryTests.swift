import Testing

@testable import Scores

extension LinearMemory {
  /// Takes in all notes at once.
  fileprivate init?(inputs: [Double], rates: [Double], neurons: Int, notes: MemoryNotes) {
    var measurement = LinearMemoryMeasurement(inputs: inputs, neurons: neurons, notes: notes)
    measurement.add(rates)
    guard let memory = measurement.memory else { return nil }
    self = memory
  }
}

/// A system with random inputs, and the rates of its neurons.
private struct Shown {
  let notes: MemoryNotes
  let neurons: Int
  let inputs: [Double]
  let rates: [Double]

  var memory: LinearMemory? {
    LinearMemory(inputs: inputs, rates: rates, neurons: neurons, notes: notes)
  }

  /// - Parameter rate: The rate of a neuron in a note; gets the inputs up to this note, the last
  ///   one first, and a source of noise.
  init(
    neurons: Int, notes: MemoryNotes? = nil, seed: UInt64 = 1,
    rate: (_ neuron: Int, _ past: (Int) -> Double, _ noise: inout SplitMix64) -> Double
  ) {
    var random = SplitMix64(seed: seed)
    var noise = SplitMix64(seed: seed &+ 1_000)
    let notes = notes ?? MemoryNotes(neurons: neurons)
    let inputs = (0..<notes.total).map { _ in Double.random(in: -70..<(-50), using: &random) }
    self.notes = notes
    self.neurons = neurons
    self.inputs = inputs
    rates = (0..<notes.total).flatMap { note in
      (0..<neurons).map { neuron in
        rate(neuron, { note >= $0 ? (inputs[note - $0] + 70) / 20 : 0 }, &noise)
      }
    }
  }
}

@Suite struct LinearMemoryTests {
  /// The one system whose capacity is known exactly: each neuron holds one of the last D inputs.
  @Test(arguments: [1, 10, 63])
  func delayLine(length: Int) throws {
    let memory = try #require(Shown(neurons: length) { neuron, past, _ in past(neuron + 1) }.memory)
    #expect(abs(memory.capacity - Double(length)) < 1e-6)
    #expect(memory.capacities.prefix(length).allSatisfy { abs($0 - 1) < 1e-6 })
    #expect(memory.capacities.dropFirst(length).allSatisfy { $0 == 0 })
  }

  /// Mixing neurons linearly neither adds nor removes memory, up to the ridge.
  @Test func mixedDelayLine() throws {
    var random = SplitMix64(seed: 7)
    let mixture = (0..<400).map { _ in Double.random(in: -1..<1, using: &random) }
    let memory = try #require(
      Shown(neurons: 20) { neuron, past, _ in
        (0..<20).reduce(0) { $0 + mixture[neuron * 20 + $1] * past($1 + 1) }
      }.memory)
    #expect(abs(memory.capacity - 20) < 0.05)
  }

  /// A leaky integrator holds ρ²ᵏ(1 - ρ²) of the input of k notes ago, k = 0, 1, …
  @Test func leakyIntegrator() throws {
    let decay = 0.8
    let memory = try #require(
      Shown(neurons: 1, notes: MemoryNotes(delays: 100, training: 5_000, test: 20_000)) {
        _, past, _ in (0..<60).reversed().reduce(0) { decay * $0 + past($1) }
      }.memory)
    for delay in 1...5 {
      let expected = (1...delay).reduce(1 - decay * decay) { product, _ in product * decay * decay }
      #expect(abs(memory.capacities[delay - 1] - expected) < 0.02)
    }
    #expect(abs(memory.capacity - decay * decay) < 0.03)
  }

  /// A recurrent network of linear units with an orthogonal matrix nearly reaches Jaeger's bound of
  /// one input per unit (White, Lee and Sompolinsky 2004, Short-term memory in orthogonal neural
  /// networks).
  @Test(arguments: [(10, 0.7), (30, 0.85), (60, 0.92)], 1...3)
  func orthogonalNetwork(network: (units: Int, gain: Double), seed: Int) throws {
    let units = network.units
    var random = SplitMix64(seed: UInt64(seed))
    func vector() -> [Double] { (0..<units).map { _ in Double.random(in: -1..<1, using: &random) } }
    func product(_ first: [Double], _ second: [Double]) -> Double {
      zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    }
    var rows: [[Double]] = []
    for _ in 0..<units {
      var row = vector()
      // Gram and Schmidt; twice is enough (Giraud, Langou and Rozloznik 2005).
      for other in rows + rows {
        let part = product(row, other)
        row = zip(row, other).map { $0 - part * $1 }
      }
      let length = product(row, row).squareRoot()
      rows.append(row.map { $0 / length })
    }
    let inputWeights = vector()
    let notes = MemoryNotes(neurons: units)
    let inputs = (0..<notes.total).map { _ in Double.random(in: -0.5..<0.5, using: &random) }
    var state = [Double](repeating: 0, count: units)
    var rates: [Double] = []
    for input in inputs {
      // The rates of a note hold the inputs of earlier notes.
      rates += state
      state = rows.indices.map {
        network.gain * product(rows[$0], state) + inputWeights[$0] * input
      }
    }
    let memory = try #require(
      LinearMemory(inputs: inputs, rates: rates, neurons: units, notes: notes))
    #expect(memory.capacity <= Double(units))
    #expect(memory.capacity > 0.95 * Double(units))
  }

  @Test(arguments: 1...10)
  func memorylessIsZero(seed: Int) throws {
    let memory = try #require(
      Shown(neurons: 20, seed: UInt64(seed)) { neuron, past, _ in
        let distance = past(0) - Double(neuron) / 20
        return distance * distance * distance
      }.memory)
    #expect(memory.capacity < 0.05)
  }

  @Test(arguments: 1...10)
  func noiseIsZero(seed: Int) throws {
    let memory = try #require(
      Shown(neurons: 30, seed: UInt64(seed)) { _, _, noise in
        Double.random(in: 0..<1, using: &noise)
      }.memory)
    #expect(memory.capacity < 0.05)
  }

  /// One neuron holds ten inputs at once. Correlated with each as it is, it would hold more than
  /// one in most series, because the inputs correlate by chance; the bound must hold in all.
  @Test(arguments: 1...20)
  func neverMoreThanNeurons(seed: Int) throws {
    let sum = try #require(
      Shown(
        neurons: 1, notes: MemoryNotes(delays: 20, training: 200, test: 400), seed: UInt64(seed)
      ) { _, past, _ in (1...10).reduce(0) { $0 + past($1) } }.memory)
    #expect(sum.capacity <= 1 + 1e-9)
    #expect(sum.capacity > 0.8)
  }

  /// The same in the worst case for chance: few notes, many delays, and memory in every neuron.
  @Test(arguments: 1...20)
  func neverMoreThanManyNeurons(seed: Int) throws {
    let notes = MemoryNotes(delays: 60, training: 100, test: 80)
    let line = try #require(
      Shown(neurons: 50, notes: notes, seed: UInt64(seed)) { neuron, past, noise in
        past(neuron + 1) + Double.random(in: 0..<0.1, using: &noise)
      }.memory)
    #expect(line.capacity <= 50 + 1e-9)
    #expect(line.capacities.allSatisfy { (0...1).contains($0) })
  }

  /// A silent neuron, and a network of nothing else.
  @Test func constantRates() throws {
    let silent = try #require(Shown(neurons: 3) { _, _, _ in 0.1 }.memory)
    #expect(silent.capacity == 0)
    let half = try #require(
      Shown(neurons: 4) { neuron, past, _ in neuron < 2 ? 0.1 : past(neuron - 1) }.memory)
    #expect(abs(half.capacity - 2) < 1e-6)
  }

  @Test func fewerNotesThanNeurons() throws {
    let memory = try #require(
      Shown(neurons: 200, notes: MemoryNotes(delays: 20, training: 100, test: 150)) {
        neuron, past, noise in
        neuron < 5 ? past(neuron + 1) : Double.random(in: 0..<1, using: &noise)
      }.memory)
    #expect(memory.capacity.isFinite)
    #expect(memory.capacity >= 0 && memory.capacity <= 20)
  }

  @Test func missingWhereNothingCanBeSaid() {
    let notes = MemoryNotes(delays: 5, training: 20, test: 20)
    let rates = [Double](repeating: 0.5, count: 45)
    #expect(
      LinearMemory(
        inputs: Array(repeating: -60, count: 45), rates: rates, neurons: 1, notes: notes) == nil)
    #expect(Shown(neurons: 1, notes: notes) { _, _, _ in .nan }.memory == nil)
    #expect(Shown(neurons: 1, notes: notes) { _, _, _ in .infinity }.memory == nil)
  }

  /// The units of the input and of each neuron are arbitrary.
  @Test func unitsDoNotMatter() throws {
    let notes = MemoryNotes(delays: 20, training: 500, test: 500)
    func capacity(_ scale: Double) throws -> Double {
      try #require(
        Shown(neurons: 8, notes: notes) { neuron, past, noise in
          (past(neuron) + Double.random(in: 0..<1, using: &noise)) * (neuron == 3 ? scale : 1)
        }.memory
      ).capacity
    }
    #expect(abs(try capacity(1) - capacity(1e-3)) < 1e-9)
  }

  @Test func sameBitsAlwaysAndAmongThreads() async throws {
    let shown = Shown(neurons: 40) { neuron, past, noise in
      past(neuron / 4) + Double.random(in: 0..<0.5, using: &noise)
    }
    let alone = try #require(shown.memory)
    #expect(alone.capacity > 3)
    await withTaskGroup(of: LinearMemory?.self) { group in
      for _ in 0..<6 { group.addTask { shown.memory } }
      for await together in group { #expect(together == alone) }
    }
  }

  /// Notes may be added one by one, by the cycle, or beyond the last one.
  @Test(arguments: [1, 7, 100, 333])
  func notesMayComeInParts(notes: Int) throws {
    let shown = Shown(neurons: 12) { neuron, past, noise in
      past(neuron / 3) + Double.random(in: 0..<0.5, using: &noise)
    }
    let whole = try #require(shown.memory)
    var measurement = LinearMemoryMeasurement(
      inputs: shown.inputs, neurons: shown.neurons, notes: shown.notes)
    for start in stride(from: 0, to: shown.notes.total, by: notes) {
      var rates = Array(shown.rates.dropFirst(start * 12).prefix(notes * 12))
      rates += Array(repeating: 0.5, count: notes * 12 - rates.count)
      measurement.add(rates)
    }
    let parts = try #require(measurement.memory)
    #expect(abs(parts.capacity - whole.capacity) < 1e-9)
    #expect(whole.capacity > 2)
  }

  /// The measurement starts with 100 delays and needs more only for networks that remember more.
  @Test func askedForMoreWhileItRemembers() throws {
    func line(_ length: Int, _ notes: MemoryNotes) throws -> LinearMemory {
      try #require(
        Shown(neurons: 150, notes: notes) { neuron, past, _ in
          past(min(neuron + 1, length))
        }.memory)
    }
    let first = MemoryNotes(neurons: 150)
    let short = try line(40, first)
    #expect(abs(short.capacity - 40) < 1e-3)
    #expect(!short.mayReachFurther)
    let long = try line(120, first)
    #expect(abs(long.capacity - 100) < 1e-3)
    #expect(long.mayReachFurther)
    let further = try #require(first.further(neurons: 150))
    let longer = try line(120, further)
    #expect(abs(longer.capacity - 120) < 1e-3)
  }

  @Test func numbersOfNotes() throws {
    let small = MemoryNotes(neurons: 63)
    #expect((small.delays, small.training, small.test) == (100, 1000, 1000))
    #expect(small.further(neurons: 63) == nil)
    #expect((small.cycles(of: 100), small.cycles(of: 2101)) == (21, 1))
    let large = MemoryNotes(neurons: 1013)
    #expect((large.delays, large.training, large.test) == (100, 10_130, 5_065))
    #expect(large.total == 15_295)
    let delays = sequence(first: large) { $0.further(neurons: 1013) }.map(\.delays)
    #expect(delays == [100, 200, 400, 800, 1013])
    #expect(large.further(neurons: 1013)?.test == 5_065)
  }
}
