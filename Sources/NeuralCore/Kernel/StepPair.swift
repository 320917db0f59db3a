/// Two steps that follow each other: what the fast kernel takes through memory at once while synapses
/// learn.
///
/// A step's surprise does not depend on its own dendritic input, which moves the dendrite only
/// afterwards. So when a pair begins, the surprise of its first step is known as well as that of the
/// step before. With both updates, taken in at the right places, one pass over the weights gives the
/// inputs of both steps; nothing that is learned within the pair is left out. Longer runs of steps would
/// need sums over pairs of steps, for each neuron its own where synapses are missing.
enum StepPair {
  /// Steps of a pair.
  static let steps = 2
}
