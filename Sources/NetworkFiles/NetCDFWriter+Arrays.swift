import NetCDF
import NeuralCore

extension NetCDFWriter {
  /// Adds the dimension of an axis of neurons, with their indices in the network as its coordinate. Indices
  /// have no unit, since xarray writes units beside axes.
  ///
  /// - Parameters:
  ///   - axis: Any axis but `pastStep`.
  ///   - visible: The number of visible neurons.
  ///   - latent: The number of latent neurons in the file.
  func addAxis(_ axis: NetworkArray.Axis, visible: Int, latent: Int) throws(NetCDFError) {
    let neurons =
      switch axis {
      case .visible, .visiblePre: 0..<visible
      case .latent, .latentPre: visible..<visible + latent
      case .neuron, .post, .pre: 0..<visible + latent
      case .pastStep: preconditionFailure("steps are no neurons")
      }
    try addDimension(axis.rawValue, length: neurons.count)
    try addVariable(
      axis.rawValue, Int32.self, dimensions: [axis.rawValue], meaning: axis.meaning,
      storage: NetCDFStorage(checksum: true))
    try write(axis.rawValue, neurons.map(Int32.init))
  }

  /// Adds the learned patterns, one after another.
  ///
  /// | variable | shape | |
  /// | --- | --- | --- |
  /// | `sequence` | `(note, visible_neuron)` | 1 if the neuron is active in the note, else 0; for an analog pattern its level |
  /// | `sequence_pattern` | `(note)` | index of the pattern to which the note belongs, from 0 on |
  ///
  /// - Parameter patterns: At least one; all with the visible neurons of the network, whose axis exists.
  func addSequence(_ patterns: [Pattern]) throws(NetCDFError) {
    let storage = NetCDFStorage(deflate: 1, checksum: true)
    let isAnalog = patterns.contains { $0.isAnalog }
    let shape = ["note", NetworkArray.Axis.visible.rawValue]
    let meaning =
      isAnalog
      ? "level of a visible neuron in a column of the learned pattern"
      : "whether a visible neuron is active in a note of the learned pattern"
    let levels = patterns.flatMap { pattern in
      (0..<pattern.notes).flatMap { note in
        (0..<pattern.visible).map { pattern.level($0, inNote: note) }
      }
    }
    try addDimension("note", length: patterns.reduce(0) { $0 + $1.notes })
    if isAnalog {
      try addVariable(
        "sequence", Double.self, dimensions: shape, units: "1", meaning: meaning, storage: storage)
      try write("sequence", levels)
    } else {
      try addVariable(
        "sequence", Int8.self, dimensions: shape, units: "1", meaning: meaning, storage: storage)
      try write("sequence", levels.map { Int8($0) })
    }
    try addPatternIndex("sequence_pattern", along: "note", counts: patterns.map(\.notes))
    try setAttribute("coordinates", "sequence_pattern", of: "sequence")
  }

  /// Adds the index of the pattern to which each element of a dimension belongs.
  ///
  /// - Parameter counts: The number of elements of each pattern.
  func addPatternIndex(
    _ name: String, along dimension: String, counts: [Int]
  ) throws(NetCDFError) {
    try addVariable(
      name, Int32.self, dimensions: [dimension],
      meaning: "index of the learned pattern, from 0 on",
      storage: NetCDFStorage(checksum: true))
    try write(
      name,
      counts.enumerated().flatMap { index, count in
        Array(repeating: Int32(index), count: count)
      })
  }
}

extension NetworkArray.Axis {
  /// The `long_name` of the axis.
  var meaning: String {
    switch self {
    case .neuron: "neuron"
    case .post: "postsynaptic neuron"
    case .pre: "presynaptic neuron"
    case .visible: "visible neuron"
    case .latent: "latent neuron"
    case .visiblePre: "presynaptic visible neuron"
    case .latentPre: "presynaptic latent neuron"
    case .pastStep: "past step"
    }
  }

  /// Whether the axis has latent neurons only.
  var isLatent: Bool { self == .latent || self == .latentPre }

  /// The length of the axis in a network; nil for `pastStep`, which is not fixed.
  func length(visible: Int, latent: Int) -> Int? {
    switch self {
    case .visible, .visiblePre: visible
    case .latent, .latentPre: latent
    case .neuron, .post, .pre: visible + latent
    case .pastStep: nil
    }
  }
}
