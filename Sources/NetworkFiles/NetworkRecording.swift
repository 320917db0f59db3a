public import NetCDF
public import NeuralCore

/// A recording of a network from training cycle -1 on: the rates of every step, and the weights at the
/// end of every cycle.
///
/// | variable | shape | |
/// | --- | --- | --- |
/// | `rate` | `(step, neuron)` | 0 to 1; a cycle begins at the row `first_step` |
/// | `dendritic_weight` | `(cycle, neuron, neuron)`: post, pre | at the end of the cycle [mV] |
/// | `cycle` | `(cycle)` | index within training (-1, 0, …) or within replay (0, 1, …) |
/// | `replay` | `(cycle)` | 0 in training, 1 in replay |
/// | `pattern` | `(cycle)` | index of the learned pattern, from 0 on |
/// | `first_step` | `(cycle)` | first row of `rate` of the cycle |
///
/// Attributes: `visible`, `latent`, `time_step_ms`, and those of the caller, such as `pattern`. The file
/// gets its name in ``close()``. A recording that is released before leaves no file.
public final class NetworkRecording {
  /// The number of recorded cycles.
  public private(set) var cycles = 0

  private let file: NetCDFWriter
  private let neurons: Int
  private var steps = 0

  /// Begins a recording.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - network: The network to record; only its sizes are used.
  ///   - stepsPerCycle: The number of steps of the longest cycle.
  ///   - timeStep: The length of a step [ms].
  ///   - attributes: More attributes of the file, such as the name of the pattern.
  /// - Throws: ``NetworkFileError/file(_:)``.
  public init(
    creating path: String, of network: Network, stepsPerCycle: Int, timeStep: Double,
    attributes: [String: NetCDFAttribute] = [:]
  ) throws(NetworkFileError) {
    precondition(stepsPerCycle > 0)
    neurons = network.neurons
    file = try withFileErrors { () throws(NetCDFError) in try NetCDFWriter(creating: path) }
    let described = attributes.merging([
      "visible": .integer(network.visible), "latent": .integer(network.latent),
      "time_step_ms": .real(timeStep),
    ]) { _, own in own }
    try withFileErrors { () throws(NetCDFError) in
      try addVariables(described, stepsPerCycle: stepsPerCycle)
    }
  }

  /// Appends one cycle.
  ///
  /// - Parameters:
  ///   - cycle: The index within training, from -1 on, or within replay, from 0 on.
  ///   - replay: Whether the cycle belongs to replay.
  ///   - pattern: The index of the learned pattern.
  ///   - rates: The rates of all neurons in every step of this cycle.
  ///   - weight: The weights at the end of the cycle [mV], shape `[post, pre]`.
  /// - Throws: ``NetworkFileError/file(_:)``.
  public func append(
    cycle: Int, replay: Bool, pattern: Int = 0, rates: RateRecord,
    dendriticWeight weight: [Double]
  ) throws(NetworkFileError) {
    precondition(rates.neurons == neurons && rates.every == 1)
    precondition(weight.count == neurons * neurons)
    try withFileErrors { () throws(NetCDFError) in
      try file.write("rate", rates.values, at: steps)
      try file.write("dendritic_weight", weight, at: cycles)
      try file.write("cycle", [Int32(cycle)], at: cycles)
      try file.write("replay", [replay ? 1 : 0] as [Int8], at: cycles)
      try file.write("pattern", [Int32(pattern)], at: cycles)
      try file.write("first_step", [Int32(steps)], at: cycles)
    }
    steps += rates.samples
    cycles += 1
  }

  /// Finishes the file and gives it its name.
  ///
  /// - Throws: ``NetworkFileError/file(_:)``. No incomplete file remains.
  public func close() throws(NetworkFileError) {
    try withFileErrors { () throws(NetCDFError) in try file.close() }
  }

  private func addVariables(
    _ attributes: [String: NetCDFAttribute], stepsPerCycle: Int
  ) throws(NetCDFError) {
    for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
      try file.setAttribute(name, value)
    }
    try file.addDimension("step", length: nil)
    try file.addDimension("cycle", length: nil)
    try file.addDimension("neuron", length: neurons)
    try file.addVariable(
      "rate", Double.self, dimensions: ["step", "neuron"], units: "1",
      meaning: "rate at the end of every step",
      storage: NetCDFStorage(chunks: [block(of: stepsPerCycle), neurons]))
    try file.addVariable(
      "dendritic_weight", Double.self, dimensions: ["cycle", "neuron", "neuron"], units: "mV",
      meaning: "weight of plastic synapses at the end of a cycle, [cycle, post, pre]",
      storage: NetCDFStorage(chunks: [1, block(of: neurons), neurons]))
    try file.addVariable(
      "cycle", Int32.self, dimensions: ["cycle"], units: "1",
      meaning: "index of the cycle within training or within replay",
      storage: NetCDFStorage(chunks: [1024]))
    try file.addVariable(
      "replay", Int8.self, dimensions: ["cycle"], units: "1",
      meaning: "0 in training, 1 in replay", storage: NetCDFStorage(chunks: [1024]))
    try file.addVariable(
      "pattern", Int32.self, dimensions: ["cycle"], units: "1",
      meaning: "which of the learned patterns the cycle follows",
      storage: NetCDFStorage(chunks: [1024]))
    try file.addVariable(
      "first_step", Int32.self, dimensions: ["cycle"], units: "1",
      meaning: "row of rate where the cycle begins", storage: NetCDFStorage(chunks: [1024]))
  }

  /// The number of rows of a matrix that are stored as one block. Blocks are equal parts of about 1 MiB,
  /// so that a cycle writes every block once and completely.
  private func block(of rows: Int) -> Int {
    let most = max(1, (1 << 17) / neurons)
    let parts = (rows + most - 1) / most
    return (rows + parts - 1) / parts
  }
}
