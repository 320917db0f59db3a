/// The static, sparse connections onto the somata of latent neurons.
///
/// The scaffold spreads the teacher's nudging from the visible into the latent population. Edges
/// are kept in the order in which they grew; a repeated edge counts twice.
public struct Scaffold: Equatable, Sendable {
  /// One connection from a neuron to the soma of a latent neuron.
  public struct Edge: Equatable, Hashable, Sendable {
    /// Index of the presynaptic neuron; visible neurons come first.
    public let pre: Int
    /// Index of the postsynaptic, latent neuron.
    public let post: Int

    /// Creates an edge.
    public init(pre: Int, post: Int) {
      self.pre = pre
      self.post = post
    }
  }

  /// The edges.
  public var edges: [Edge]

  /// Creates a scaffold of given edges.
  public init(edges: [Edge] = []) {
    self.edges = edges
  }
}
