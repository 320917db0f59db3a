import NetCDF
public import NeuralCore

/// A recording of a network of any model while it trains and replays: rates of its neurons, and the
/// weights at the end of every recorded cycle.
///
/// | variable | shape | |
/// | --- | --- | --- |
/// | `rate` | `(step, neuron)` | at the end of the step; a cycle begins at the row `first_step` |
/// | `time` | `(step)` | when the step begins, in recorded cycles only [ms] |
/// | weights of `Learner.arrays`, such as `dendritic_weight` | `(cycle, post, pre)` | at the end of the cycle |
/// | `cycle` | `(cycle)` | index within training (-1, 0, …) or within replay (0, 1, …) |
/// | `replay` | `(cycle)` | 0 in training, 1 in replay |
/// | `pattern` | `(cycle)` | index of the learned pattern, from 0 on |
/// | `first_step` | `(cycle)` | first row of `rate` of the cycle |
/// | `target` | `(target_step, visible_neuron)` | rates of the target, one pattern after another; without noise |
/// | `target_pattern` | `(target_step)` | index of the learned pattern |
/// | `sequence`, `sequence_pattern` | as in ``NetworkFile`` | |
///
/// The rows of `target` of one pattern are those of `rate` in a cycle of this pattern. The indices of
/// neurons, such as `neuron`, `post` and `pre`, begin with 0; visible neurons come first.
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
  private let visible: Int
  private let latent: Int
  /// The number of neurons of the network.
  private var neurons: Int { visible + latent }
  /// The number of recorded neurons.
  private let kept: Int
  private var rows = 0
  private var steps = 0

  /// Begins a recording.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - visible: The number of visible neurons of the network.
  ///   - latent: The number of latent neurons.
  ///   - arrays: The arrays of the network; only the descriptions of its weights are used.
  ///   - scope: What to keep of the cycles that are appended.
  ///   - targets: The rates of each pattern's target, shape `[step, visible neuron]`.
  ///   - origin: Where the network comes from.
  /// - Throws: ``NetworkFileError/file(_:)``.
  public init(
    creating path: String, visible: Int, latent: Int, arrays: [NetworkArray],
    scope: RecordingScope = RecordingScope(), targets: [[Double]], origin: NetworkOrigin
  ) throws(NetworkFileError) {
    precondition(targets.contains { !$0.isEmpty })
    self.scope = scope
    self.visible = visible
    self.latent = latent
    timeStep = origin.timeStep
    kept = scope.neurons(visible: visible, latent: latent)
    file = try withFileErrors { () throws(NetCDFError) in try NetCDFWriter(creating: path) }
    try withFileErrors { () throws(NetCDFError) in
      try file.setAttribute("visible", .integer(visible))
      try file.setAttribute("latent", .integer(latent))
      try file.setAttribute("recorded_cycles", .text("\(scope.cycles)"))
      try file.setAttribute("recorded_every", .integer(scope.every))
      try file.setAttribute("recorded_neurons", .text(scope.isVisibleOnly ? "visible" : "all"))
      try origin.describe(file)
      try addVariables(
        weights: scope.weights(of: arrays),
        rowsPerCycle: scope.rows(of: targets.map(\.count).max()! / visible))
      try addTargets(targets)
      try file.addSequence(origin.patterns)
    }
  }

  /// Appends one cycle.
  ///
  /// - Parameters:
  ///   - cycle: The index within training, from -1 on, or within replay, from 0 on.
  ///   - replay: Whether the cycle belongs to replay.
  ///   - pattern: The index of the learned pattern.
  ///   - rates: The rates of all neurons in every step of this cycle.
  ///   - arrays: The arrays of the network at the end of the cycle.
  /// - Throws: ``NetworkFileError/file(_:)``.
  public func append(
    cycle: Int, replay: Bool, pattern: Int = 0, rates: RateRecord, arrays: [NetworkArray]
  ) throws(NetworkFileError) {
    precondition(rates.neurons == neurons && rates.every == 1)
    let keptSteps = stride(from: 0, to: rates.samples, by: scope.every)
    try withFileErrors { () throws(NetCDFError) in
      try file.write("rate", part(of: rates.values, rows: keptSteps), at: rows)
      try file.write("time", keptSteps.map { time(ofStep: steps + $0) }, at: rows)
      for weight in scope.weights(of: arrays) {
        try file.write(
          weight.name, scope.part(of: weight, visible: visible, latent: latent), at: cycles)
      }
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

  private func addVariables(weights: [NetworkArray], rowsPerCycle rows: Int) throws(NetCDFError) {
    try file.addDimension("step", length: nil)
    try file.addDimension("cycle", length: nil)
    let used = Set(weights.flatMap(\.axes)).union([.neuron, .visible])
    for axis in NetworkArray.Axis.allCases where used.contains(axis) {
      try file.addAxis(axis, visible: visible, latent: kept - visible)
    }
    try file.addVariable(
      "rate", Double.self, dimensions: ["step", "neuron"], units: "1",
      meaning: "rate",
      storage: NetCDFStorage(chunks: [block(of: rows, columns: kept), kept]))
    try file.setAttribute("coordinates", "time", of: "rate")
    try file.addVariable(
      "time", Double.self, dimensions: ["step"], units: "ms",
      meaning: "time",
      storage: NetCDFStorage(chunks: [rows]))
    for weight in weights {
      let shape = scope.shape(of: weight, visible: visible, latent: latent)
      try file.addVariable(
        weight.name, Double.self, dimensions: ["cycle"] + weight.axes.map(\.rawValue),
        units: weight.unit, meaning: weight.meaning,
        storage: NetCDFStorage(
          chunks: shape.count == 1
            ? [max(1, 1024 / shape[0]), shape[0]]
            : [1, block(of: shape[0], columns: shape[1]), shape[1]]))
      try file.setAttribute("coordinates", "replay pattern first_step", of: weight.name)
    }
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

  /// Adds the target rates of the kept steps of each pattern, shape `[step, visible neuron]`.
  private func addTargets(_ targets: [[Double]]) throws(NetCDFError) {
    let steps = targets.map { $0.count / visible }
    try file.addDimension("target_step", length: steps.reduce(0) { $0 + scope.rows(of: $1) })
    try file.addVariable(
      "target", Double.self,
      dimensions: ["target_step", NetworkArray.Axis.visible.rawValue], units: "1",
      meaning: "rate of the target")
    try file.write(
      "target",
      zip(targets, steps).flatMap { target, steps in
        stride(from: 0, to: steps, by: scope.every).flatMap { step in
          target[step * visible..<(step + 1) * visible]
        }
      })
    try file.addPatternIndex(
      "target_pattern", along: "target_step", counts: steps.map(scope.rows))
    try file.setAttribute("coordinates", "target_pattern", of: "target")
  }

  /// The number of rows of a matrix that are stored as one block. Blocks are equal parts of about 1 MiB,
  /// so that a cycle writes every block once and completely.
  private func block(of rows: Int, columns: Int) -> Int {
    let most = max(1, (1 << 17) / columns)
    let parts = (rows + most - 1) / most
    return (rows + parts - 1) / parts
  }
}
