import NetCDF
public import NeuralCore

/// The network file: the weights, scaffold, delays and state of a network in NetCDF-4.
///
/// | variable | shape | unit |
/// | --- | --- | --- |
/// | `dendritic_weight` | `(post, pre)` | mV |
/// | `dendritic_synapse` | `(post, pre)` | 0 or 1 |
/// | `scaffold_pre`, `scaffold_post` | `(edge)` | neuron |
/// | `dendritic_delay`, `scaffold_delay`, `interneuron_delay` | `(neuron)` | steps |
/// | `somatic_potential`, `dendritic_potential` | `(neuron)` | mV |
/// | `trace` | `(neuron)` | 1 |
/// | `rate_history`, oldest first; absent if at rest | `(history, neuron)` | 1 |
/// | `sequence`, the learned patterns one after another | `(note, visible_neuron)` | 0 or 1, or a level |
/// | `sequence_pattern` | `(note)` | index of the pattern |
///
/// Attributes of the file: `visible` and `latent`, the sizes of the populations (visible neurons come
/// first), `cycle`, the next training cycle (-1 for a new network), and those of ``NetworkOrigin``.
/// Numbers are doubles, so that a saved network continues bit for bit.
///
/// Only `visible`, `latent`, `cycle` and the variables of the table down to `rate_history` are read. The
/// names of the dimensions of matrices do not matter.
///
/// The file of a network of another model has the arrays of `Learner.arrays` instead. It is not read.
public enum NetworkFile {
  /// The names of dimensions, variables and attributes.
  enum Name {
    static let neuron = NetworkArray.Axis.neuron.rawValue
    static let edge = "edge"
    static let history = "history"

    static let visible = "visible"
    static let latent = "latent"
    static let cycle = "cycle"

    static let dendriticWeight = "dendritic_weight"
    static let dendriticSynapse = "dendritic_synapse"
    static let scaffoldPre = "scaffold_pre"
    static let scaffoldPost = "scaffold_post"
    static let dendriticDelay = "dendritic_delay"
    static let scaffoldDelay = "scaffold_delay"
    static let interneuronDelay = "interneuron_delay"
    static let somaticPotential = "somatic_potential"
    static let dendriticPotential = "dendritic_potential"
    static let trace = "trace"
    static let rateHistory = "rate_history"
  }

  /// The size of the largest population that is read.
  static let largestPopulation = 1_000_000
}

extension Network {
  /// Reads a network file; see ``NetworkFile/read(_:)``.
  public init(contentsOf path: String) throws(NetworkFileError) {
    self = try NetworkFile.read(path)
  }
}

extension NetworkFile {
  /// Reads a network file.
  ///
  /// Whole numbers of any width and weights of single precision are accepted.
  ///
  /// - Parameter path: The path of the file.
  /// - Throws: ``NetworkFileError``, with the file, the variable, the value found and the values
  ///   expected.
  public static func read(_ path: String) throws(NetworkFileError) -> Network {
    let file = try withFileErrors { () throws(NetCDFError) in try NetCDFFile(opening: path) }
    let sizes = try sizes(file)
    if case .text(let model)? = try? file.attribute("model"),
      try withFileErrors({ () throws(NetCDFError) in
        try !file.hasVariable(Name.dendriticWeight)
      })
    {
      throw .otherModel(path: path, model: model)
    }
    let parts = try withFileErrors { () throws(NetCDFError) in try Parts(file, sizes.neurons) }
    for (index, synapse) in parts.dendriticSynapse.enumerated() where synapse != 0 && synapse != 1 {
      throw .value(
        path: path, name: "\(Name.dendriticSynapse)[\(index)]", found: "\(synapse)",
        allowed: "0 or 1")
    }
    do throws(NetworkError) {
      return try Network(
        visible: sizes.visible, latent: sizes.latent,
        scaffold: Scaffold(
          edges: zip(parts.scaffoldPre, parts.scaffoldPost).map {
            Scaffold.Edge(pre: Int($0), post: Int($1))
          }),
        dendriticDelay: parts.dendriticDelay.map(Int.init),
        scaffoldDelay: parts.scaffoldDelay.map(Int.init),
        interneuronDelay: parts.interneuronDelay.map(Int.init),
        dendriticSynapse: SynapseMask(parts.dendriticSynapse.lazy.map { $0 == 1 }),
        dendriticWeight: NumberArray(parts.dendriticWeight), state: parts.state,
        cycle: sizes.cycle)
    } catch {
      throw .network(path: path, error)
    }
  }

  /// The number of neurons of a network file, of which only the sizes are read.
  ///
  /// - Throws: ``NetworkFileError``.
  public static func neurons(in path: String) throws(NetworkFileError) -> Int {
    try sizes(withFileErrors { () throws(NetCDFError) in try NetCDFFile(opening: path) }).neurons
  }

  /// The memory that reading a network takes [bytes].
  public static func readingBytes(neurons: Int) -> Double {
    // Weights and mask as in the file, and in the network.
    18 * Double(neurons) * Double(neurons)
  }

  private struct Sizes {
    let visible: Int
    let latent: Int
    let neurons: Int
    let cycle: Int
  }

  /// Reads the attributes and compares them with the number of neurons.
  private static func sizes(_ file: NetCDFFile) throws(NetworkFileError) -> Sizes {
    func attribute(_ name: String, in allowed: ClosedRange<Int>) throws(NetworkFileError) -> Int {
      let found = try withFileErrors { () throws(NetCDFError) in try file.integer(name) }
      guard allowed.contains(found) else {
        throw .value(
          path: file.path, name: name, found: "\(found)",
          allowed: "\(allowed.lowerBound) to \(allowed.upperBound)")
      }
      return found
    }
    let neurons: Int
    do throws(NetCDFError) {
      neurons = try file.length(ofDimension: Name.neuron)
    } catch {
      throw .noNetwork(path: file.path)
    }
    let sizes = Sizes(
      visible: try attribute(Name.visible, in: 1...largestPopulation),
      latent: try attribute(Name.latent, in: 1...largestPopulation),
      neurons: neurons,
      cycle: try attribute(Name.cycle, in: -1...Int(Int32.max)))
    guard sizes.neurons == sizes.visible + sizes.latent else {
      throw .value(
        path: file.path, name: "dimension \(Name.neuron)", found: "\(sizes.neurons)",
        allowed: "visible + latent = \(sizes.visible + sizes.latent)")
    }
    return sizes
  }

  /// The values of the variables, with shapes checked, but not the values themselves.
  private struct Parts {
    let dendriticWeight: [Double]
    let dendriticSynapse: [Int8]
    let scaffoldPre: [Int32]
    let scaffoldPost: [Int32]
    let dendriticDelay: [Int32]
    let scaffoldDelay: [Int32]
    let interneuronDelay: [Int32]
    let state: NetworkState

    init(_ file: NetCDFFile, _ neurons: Int) throws(NetCDFError) {
      let edges = try file.length(ofDimension: Name.edge)
      dendriticWeight = try file.values(Name.dendriticWeight, shape: [neurons, neurons])
      dendriticSynapse = try file.values(Name.dendriticSynapse, shape: [neurons, neurons])
      scaffoldPre = try file.values(Name.scaffoldPre, shape: [edges])
      scaffoldPost = try file.values(Name.scaffoldPost, shape: [edges])
      dendriticDelay = try file.values(Name.dendriticDelay, shape: [neurons])
      scaffoldDelay = try file.values(Name.scaffoldDelay, shape: [neurons])
      interneuronDelay = try file.values(Name.interneuronDelay, shape: [neurons])
      state = NetworkState(
        somaticPotential: try file.values(Name.somaticPotential, shape: [neurons]),
        dendriticPotential: try file.values(Name.dendriticPotential, shape: [neurons]),
        trace: try file.values(Name.trace, shape: [neurons]),
        rateHistory: try file.hasVariable(Name.rateHistory)
          ? NumberArray(file.values(Name.rateHistory, shape: [nil, neurons])) : [])
    }
  }
}

extension NetworkFile {
  /// Writes a network file. An older file is replaced only when the new one is complete.
  ///
  /// Every block of values has a checksum, so that damage on a disk causes an error on reading, not
  /// another network.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - path: The path of the file.
  ///   - origin: Where the network comes from.
  /// - Throws: ``NetworkFileError/file(_:)``. No incomplete file remains.
  public static func write(
    _ network: Network, to path: String, origin: NetworkOrigin? = nil
  ) throws(NetworkFileError) {
    try withFileErrors { () throws(NetCDFError) in
      let file = try create(
        path, visible: network.visible, latent: network.latent, cycle: network.cycle)
      try addVariables(of: network, to: file)
      if let origin {
        try origin.describe(file)
        try file.addAxis(.visible, visible: network.visible, latent: network.latent)
        try file.addSequence(origin.patterns)
      }
      try writeValues(of: network, to: file)
      try file.close()
    }
  }

  /// Writes the file of a network of any model: its arrays, for readers. An older file is replaced only
  /// when the new one is complete.
  ///
  /// - Parameters:
  ///   - arrays: The arrays.
  ///   - visible: The number of visible neurons.
  ///   - latent: The number of latent neurons.
  ///   - cycle: The next training cycle.
  ///   - path: The path of the file.
  ///   - origin: Where the network comes from.
  /// - Throws: ``NetworkFileError/file(_:)``. No incomplete file remains.
  public static func write(
    _ arrays: [NetworkArray], visible: Int, latent: Int, cycle: Int, to path: String,
    origin: NetworkOrigin
  ) throws(NetworkFileError) {
    try withFileErrors { () throws(NetCDFError) in
      let file = try create(path, visible: visible, latent: latent, cycle: cycle)
      try origin.describe(file)
      let used = Set(arrays.flatMap(\.axes)).union([.neuron, .visible])
      for axis in NetworkArray.Axis.allCases where used.contains(axis) && axis != .pastStep {
        try file.addAxis(axis, visible: visible, latent: latent)
      }
      for array in arrays {
        if array.axes[0] == .pastStep {
          let columns = array.axes.dropFirst().reduce(1) {
            $0 * $1.length(visible: visible, latent: latent)!
          }
          try file.addDimension(
            NetworkArray.Axis.pastStep.rawValue, length: array.values.count / columns)
        }
        try file.addVariable(
          array.name, Double.self, dimensions: array.axes.map(\.rawValue), units: array.unit,
          meaning: array.meaning, storage: NetCDFStorage(checksum: true))
        try file.write(array.name, array.values)
      }
      try file.addSequence(origin.patterns)
      try file.close()
    }
  }

  private static func create(
    _ path: String, visible: Int, latent: Int, cycle: Int
  ) throws(NetCDFError) -> NetCDFWriter {
    let file = try NetCDFWriter(creating: path)
    try file.setAttribute(Name.visible, .integer(visible))
    try file.setAttribute(Name.latent, .integer(latent))
    try file.setAttribute(Name.cycle, .integer(cycle))
    return file
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
    let one = [Name.neuron]
    for axis in [NetworkArray.Axis.neuron, .post, .pre] {
      try file.addAxis(axis, visible: network.visible, latent: network.latent)
    }
    let square = [NetworkArray.Axis.post.rawValue, NetworkArray.Axis.pre.rawValue]
    try file.addDimension(Name.edge, length: network.scaffold.edges.count)
    try add(
      Name.dendriticWeight, Double.self, square, "mV", "synaptic weight")
    try add(
      Name.dendriticSynapse, Int8.self, square, "1", "whether a synapse exists",
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
