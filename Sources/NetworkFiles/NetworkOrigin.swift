import NetCDF

/// Where a network comes from: attributes with which a file explains itself.
public struct NetworkOrigin: Sendable {
  /// The names of the patterns; attribute `pattern`.
  public var pattern: String

  /// The parameters as a JSON object; attribute `parameters`.
  public var parameters: String

  /// The seed of everything random; attribute `seed`.
  public var seed: Int

  /// The length of a step [ms]; attribute `time_step_ms`.
  public var timeStep: Double

  /// The program that ran the network; attribute `version`.
  public var version: String

  /// The ID of the trial of a sweep, nil if there is none; attribute `trial`.
  public var trial: String?

  /// Describes a network.
  public init(
    pattern: String, parameters: String, seed: Int, timeStep: Double, version: String,
    trial: String? = nil
  ) {
    self.pattern = pattern
    self.parameters = parameters
    self.seed = seed
    self.timeStep = timeStep
    self.version = version
    self.trial = trial
  }

  /// Sets the attributes of a file.
  func describe(_ file: NetCDFWriter) throws(NetCDFError) {
    // HDF5 limits an attribute to 64 KiB.
    let names = pattern.count > 1000 ? pattern.prefix(1000) + "…" : pattern[...]
    try file.setAttribute("pattern", .text(String(names)))
    try file.setAttribute("parameters", .text(parameters))
    try file.setAttribute("seed", .integer(seed))
    try file.setAttribute("time_step_ms", .real(timeStep))
    try file.setAttribute("version", .text(version))
    if let trial { try file.setAttribute("trial", .text(trial)) }
  }
}

extension NetCDFWriter {
  /// Adds a dimension of neurons with their indices from 0 on as its coordinate. Indices have no unit,
  /// since xarray writes units beside axes.
  func addNeurons(_ name: String, count: Int, meaning: String) throws(NetCDFError) {
    try addDimension(name, length: count)
    try addVariable(
      name, Int32.self, dimensions: [name], meaning: meaning,
      storage: NetCDFStorage(checksum: true))
    try write(name, (0..<count).map(Int32.init))
  }

  /// Adds the dimensions of a matrix of synapses, `post` and `pre`.
  ///
  /// - Returns: Their names.
  func addSynapses(of count: Int) throws(NetCDFError) -> [String] {
    try addNeurons("post", count: count, meaning: "postsynaptic neuron")
    try addNeurons("pre", count: count, meaning: "presynaptic neuron")
    return ["post", "pre"]
  }
}
