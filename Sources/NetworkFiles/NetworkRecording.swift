import NetCDF
public import NeuralCore

/// A recording of a network while it trains and replays: rates of its neurons, and the weights at the
/// end of every recorded cycle.
///
/// | variable | shape | |
/// | --- | --- | --- |
/// | `rate` | `(step, neuron)` | 0 to 1, at the end of the step; a cycle begins at the row `first_step` |
/// | `time` | `(step)` | when the step begins, in recorded cycles only [ms] |
/// | `dendritic_weight` | `(cycle, post, pre)` | at the end of the cycle [mV] |
/// | `cycle` | `(cycle)` | index within training (-1, 0, …) or within replay (0, 1, …) |
/// | `replay` | `(cycle)` | 0 in training, 1 in replay |
/// | `pattern` | `(cycle)` | index of the learned pattern, from 0 on |
/// | `first_step` | `(cycle)` | first row of `rate` of the cycle |
///
/// The indices of neurons are `neuron`, `post` and `pre`, from 0 on; visible neurons come first.
///
/// Attributes: `visible` and `latent`, the sizes of the network; `recorded_cycles`, `recorded_every`
/// [steps] and `recorded_neurons`, the ``RecordingScope``; and those of ``NetworkOrigin``. The file gets
/// its name in ``close()``. A recording that is released before leaves no file.
public final class NetworkRecording {
  /// The number of recorded cycles.
  public private(set) var cycles = 0

  private let file: NetCDFWriter
  private let scope: RecordingScope
  private let timeStep: Double
  /// The number of neurons of the network.
  private let neurons: Int
  /// The number of recorded neurons.
  private let kept: Int
  private var rows = 0
  private var steps = 0

  /// Begins a recording.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - network: The network to record; only its sizes are used.
  ///   - scope: What to keep of the cycles that are appended.
  ///   - stepsPerCycle: The number of steps of the longest cycle.
  ///   - origin: Where the network comes from.
  /// - Throws: ``NetworkFileError/file(_:)``.
  public init(
    creating path: String, of network: Network, scope: RecordingScope = RecordingScope(),
    stepsPerCycle: Int, origin: NetworkOrigin
  ) throws(NetworkFileError) {
    precondition(stepsPerCycle > 0)
    self.scope = scope
    timeStep = origin.timeStep
    neurons = network.neurons
    kept = scope.neurons(visible: network.visible, latent: network.latent)
    file = try withFileErrors { () throws(NetCDFError) in try NetCDFWriter(creating: path) }
    try withFileErrors { () throws(NetCDFError) in
      try file.setAttribute("visible", .integer(network.visible))
      try file.setAttribute("latent", .integer(network.latent))
      try file.setAttribute("recorded_cycles", .text("\(scope.cycles)"))
      try file.setAttribute("recorded_every", .integer(scope.every))
      try file.setAttribute("recorded_neurons", .text(scope.isVisibleOnly ? "visible" : "all"))
      try origin.describe(file)
      try addVariables(rowsPerCycle: scope.rows(of: stepsPerCycle))
    }
  }

  /// Appends one cycle.
  ///
  /// - Parameters:
  ///   - cycle: The index within training, from -1 on, or within replay, from 0 on.
  ///   - replay: Whether the cycle belongs to replay.
  ///   - pattern: The index of the learned pattern.
  ///   - rates: The rates of all neurons in every step of this cycle.
  ///   - weight: The weights between all neurons at the end of the cycle [mV], shape `[post, pre]`.
  /// - Throws: ``NetworkFileError/file(_:)``.
  public func append(
    cycle: Int, replay: Bool, pattern: Int = 0, rates: RateRecord,
    dendriticWeight weight: [Double]
  ) throws(NetworkFileError) {
    precondition(rates.neurons == neurons && rates.every == 1)
    precondition(weight.count == neurons * neurons)
    let keptSteps = stride(from: 0, to: rates.samples, by: scope.every)
    try withFileErrors { () throws(NetCDFError) in
      try file.write("rate", part(of: rates.values, rows: keptSteps), at: rows)
      try file.write("time", keptSteps.map { time(ofStep: steps + $0) }, at: rows)
      try file.write(
        "dendritic_weight", part(of: weight, rows: stride(from: 0, to: kept, by: 1)), at: cycles)
      try file.write("cycle", [Int32(cycle)], at: cycles)
      try file.write("replay", [replay ? 1 : 0] as [Int8], at: cycles)
      try file.write("pattern", [Int32(pattern)], at: cycles)
      try file.write("first_step", [Int64(rows)], at: cycles)
    }
    rows += scope.rows(of: rates.samples)
    steps += rates.samples
    cycles += 1
  }

  /// Finishes the file and gives it its name.
  ///
  /// - Throws: ``NetworkFileError/file(_:)``. No incomplete file remains.
  public func close() throws(NetworkFileError) {
    try withFileErrors { () throws(NetCDFError) in try file.close() }
  }

  /// The recorded neurons of some rows of a matrix with a column for each neuron.
  private func part(of values: [Double], rows: StrideTo<Int>) -> [Double] {
    rows.flatMap { row in values[row * neurons..<row * neurons + kept] }
  }

  /// The time [ms] at which a step begins, without errors of rounding.
  private func time(ofStep step: Int) -> Double {
    (Double(step) * timeStep * 1e6).rounded() / 1e6
  }

  private func addVariables(rowsPerCycle rows: Int) throws(NetCDFError) {
    try file.addDimension("step", length: nil)
    try file.addDimension("cycle", length: nil)
    try file.addNeurons("neuron", count: kept, meaning: "neuron")
    let square = try file.addSynapses(of: kept)
    try file.addVariable(
      "rate", Double.self, dimensions: ["step", "neuron"], units: "1",
      meaning: "rate",
      storage: NetCDFStorage(chunks: [block(of: rows), kept]))
    try file.setAttribute("coordinates", "time", of: "rate")
    try file.addVariable(
      "time", Double.self, dimensions: ["step"], units: "ms",
      meaning: "time",
      storage: NetCDFStorage(chunks: [rows]))
    try file.addVariable(
      "dendritic_weight", Double.self, dimensions: ["cycle"] + square, units: "mV",
      meaning: "synaptic weight",
      storage: NetCDFStorage(chunks: [1, block(of: kept), kept]))
    try file.setAttribute("coordinates", "replay pattern first_step", of: "dendritic_weight")
    func add<Value: NetCDFValue>(
      _ name: String, _ type: Value.Type, _ meaning: String
    ) throws(NetCDFError) {
      try file.addVariable(
        name, type, dimensions: ["cycle"], meaning: meaning,
        storage: NetCDFStorage(chunks: [1024]))
    }
    try add("cycle", Int32.self, "index of the cycle within training or within replay")
    try add("replay", Int8.self, "0 in training, 1 in replay")
    try add("pattern", Int32.self, "index of the learned pattern, from 0 on")
    try add("first_step", Int64.self, "row of rate where the cycle begins")
  }

  /// The number of rows of a matrix that are stored as one block. Blocks are equal parts of about 1 MiB,
  /// so that a cycle writes every block once and completely.
  private func block(of rows: Int) -> Int {
    let most = max(1, (1 << 17) / kept)
    let parts = (rows + most - 1) / most
    return (rows + parts - 1) / parts
  }
}
