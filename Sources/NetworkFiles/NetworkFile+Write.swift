public import NetCDF
public import NeuralCore

extension NetworkFile {
  /// Writes a network file; an older one is replaced only when the new one is complete.
  ///
  /// Every block of values carries a checksum, so that damage on a disk is an error when the file
  /// is read and not another network.
  ///
  /// - Parameters:
  ///   - network: What is written, every number as it is.
  ///   - path: Where the file will be.
  ///   - attributes: More attributes of the file, say the pattern; they cannot replace `visible`,
  ///     `latent` and `cycle`.
  /// - Throws: ``NetworkFileError/file(_:)``; then no file is left behind.
  public static func write(
    _ network: Network, to path: String, attributes: [String: NetCDFAttribute] = [:]
  ) throws(NetworkFileError) {
    try withFileErrors { () throws(NetCDFError) in
      let file = try NetCDFWriter(creating: path)
      try describe(network, in: file, attributes)
      try addVariables(of: network, to: file)
      try writeValues(of: network, to: file)
      try file.close()
    }
  }

  private static func describe(
    _ network: Network, in file: NetCDFWriter, _ attributes: [String: NetCDFAttribute]
  ) throws(NetCDFError) {
    try file.setAttribute(Name.visible, .integer(network.visible))
    try file.setAttribute(Name.latent, .integer(network.latent))
    try file.setAttribute(Name.cycle, .integer(network.cycle))
    let reserved = [Name.visible, Name.latent, Name.cycle]
    for (name, value) in attributes.sorted(by: { $0.key < $1.key })
    where !reserved.contains(name) {
      try file.setAttribute(name, value)
    }
  }

  private static func addVariables(
    of network: Network, to file: NetCDFWriter
  ) throws(NetCDFError) {
    let checked = NetCDFStorage(checksum: true)
    func add<Value: NetCDFValue>(
      _ name: String, _ type: Value.Type, _ dimensions: [String], _ units: String,
      _ meaning: String, storage: NetCDFStorage = checked
    ) throws(NetCDFError) {
      try file.addVariable(
        name, type, dimensions: dimensions, units: units, meaning: meaning, storage: storage)
    }
    let square = [Name.neuron, Name.neuron]
    let one = [Name.neuron]
    try file.addDimension(Name.neuron, length: network.neurons)
    try file.addDimension(Name.edge, length: network.scaffold.edges.count)
    try add(
      Name.dendriticWeight, Double.self, square, "mV", "weight of plastic synapses, [post, pre]")
    try add(
      Name.dendriticSynapse, Int8.self, square, "1", "whether a synapse exists, [post, pre]",
      storage: NetCDFStorage(deflate: 1, checksum: true))
    try add(Name.scaffoldPre, Int32.self, [Name.edge], "1", "presynaptic neuron of an edge")
    try add(Name.scaffoldPost, Int32.self, [Name.edge], "1", "postsynaptic neuron of an edge")
    try add(Name.dendriticDelay, Int32.self, one, "steps", "delay of dendritic connections")
    try add(Name.scaffoldDelay, Int32.self, one, "steps", "delay of excitatory scaffold edges")
    try add(Name.interneuronDelay, Int32.self, one, "steps", "delay of the inhibitory pathway")
    try add(Name.somaticPotential, Double.self, one, "mV", "potential of the soma")
    try add(Name.dendriticPotential, Double.self, one, "mV", "potential of the dendrite")
    try add(Name.trace, Double.self, one, "1", "filtered, delayed presynaptic rate")
    if !network.state.rateHistory.isEmpty {
      try file.addDimension(
        Name.history, length: network.state.rateHistory.count / network.neurons)
      try add(
        Name.rateHistory, Double.self, [Name.history, Name.neuron], "1",
        "rates of the last steps, oldest first")
    }
  }

  private static func writeValues(of network: Network, to file: NetCDFWriter) throws(NetCDFError) {
    try file.write(Name.dendriticWeight, network.dendriticWeight.doubles)
    try file.write(Name.dendriticSynapse, network.dendriticSynapse.map { $0 ? 1 : 0 } as [Int8])
    try file.write(Name.scaffoldPre, network.scaffold.edges.map { Int32($0.pre) })
    try file.write(Name.scaffoldPost, network.scaffold.edges.map { Int32($0.post) })
    try file.write(Name.dendriticDelay, network.dendriticDelay.map { Int32($0) })
    try file.write(Name.scaffoldDelay, network.scaffoldDelay.map { Int32($0) })
    try file.write(Name.interneuronDelay, network.interneuronDelay.map { Int32($0) })
    try file.write(Name.somaticPotential, network.state.somaticPotential)
    try file.write(Name.dendriticPotential, network.state.dendriticPotential)
    try file.write(Name.trace, network.state.trace)
    if !network.state.rateHistory.isEmpty {
      try file.write(Name.rateHistory, network.state.rateHistory.doubles)
    }
  }
}
