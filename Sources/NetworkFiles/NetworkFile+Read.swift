import NetCDF
public import NeuralCore

extension Network {
  /// Reads a network file.
  ///
  /// - Parameter path: Where the file is.
  /// - Throws: ``NetworkFileError`` naming the file, the variable, what was found and what is
  ///   allowed.
  public init(contentsOf path: String) throws(NetworkFileError) {
    self = try NetworkFile.read(path)
  }
}

extension NetworkFile {
  /// Reads a network file.
  ///
  /// Whole numbers of any width and weights of single precision are accepted.
  ///
  /// - Parameter path: Where the file is.
  /// - Throws: ``NetworkFileError`` naming the file, the variable, what was found and what is
  ///   allowed.
  public static func read(_ path: String) throws(NetworkFileError) -> Network {
    let file = try withFileErrors { () throws(NetCDFError) in try NetCDFFile(opening: path) }
    let sizes = try sizes(file)
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

  private struct Sizes {
    let visible: Int
    let latent: Int
    let neurons: Int
    let cycle: Int
  }

  /// Reads the attributes and checks them against the number of neurons.
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
    let sizes = Sizes(
      visible: try attribute(Name.visible, in: 1...largestPopulation),
      latent: try attribute(Name.latent, in: 1...largestPopulation),
      neurons: try withFileErrors { () throws(NetCDFError) in
        try file.length(ofDimension: Name.neuron)
      },
      cycle: try attribute(Name.cycle, in: -1...Int(Int32.max)))
    guard sizes.neurons == sizes.visible + sizes.latent else {
      throw .value(
        path: file.path, name: "dimension \(Name.neuron)", found: "\(sizes.neurons)",
        allowed: "visible + latent = \(sizes.visible + sizes.latent)")
    }
    return sizes
  }

  /// What the variables hold, with shapes checked and values as they stand.
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
