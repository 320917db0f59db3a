import NetCDF
public import NeuralCore

/// Where a network comes from: attributes and the learned sequence, with which a file explains itself.
public struct NetworkOrigin: Sendable {
  /// The value of the parameter `model`; attribute `model`.
  public var model: String

  /// The learned patterns, each over all visible neurons; their names are the attribute `pattern`, their
  /// notes the variable `sequence`.
  public var patterns: [Pattern]

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
    model: String, patterns: [Pattern], parameters: String, seed: Int, timeStep: Double,
    version: String, trial: String? = nil
  ) {
    self.model = model
    self.patterns = patterns
    self.parameters = parameters
    self.seed = seed
    self.timeStep = timeStep
    self.version = version
    self.trial = trial
  }

  /// Sets the attributes of a file.
  func describe(_ file: NetCDFWriter) throws(NetCDFError) {
    let pattern = patterns.map(\.name).joined(separator: ", ")
    // HDF5 limits an attribute to 64 KiB.
    let names = pattern.count > 1000 ? pattern.prefix(1000) + "…" : pattern[...]
    try file.setAttribute("model", .text(model))
    try file.setAttribute("pattern", .text(String(names)))
    try file.setAttribute("parameters", .text(parameters))
    try file.setAttribute("seed", .integer(seed))
    try file.setAttribute("time_step_ms", .real(timeStep))
    try file.setAttribute("version", .text(version))
    if let trial { try file.setAttribute("trial", .text(trial)) }
  }
}
