/// The network file: a network with its weights, scaffold, delays and state as NetCDF-4.
///
/// | variable | shape | unit |
/// | --- | --- | --- |
/// | `dendritic_weight` | `(neuron, neuron)`: post, pre | mV |
/// | `dendritic_synapse` | `(neuron, neuron)`: post, pre | 0 or 1 |
/// | `scaffold_pre`, `scaffold_post` | `(edge)` | neuron |
/// | `dendritic_delay`, `scaffold_delay`, `interneuron_delay` | `(neuron)` | steps |
/// | `somatic_potential`, `dendritic_potential` | `(neuron)` | mV |
/// | `trace` | `(neuron)` | 1 |
/// | `rate_history`, oldest first; absent = at rest | `(history, neuron)` | 1 |
///
/// Attributes of the file: `visible` and `latent`, the sizes of the populations, visible neurons
/// coming first, and `cycle`, the training cycle that the network runs next (-1 for a new one).
/// Numbers are kept as doubles, so that a saved network continues bit for bit. Whatever else a
/// file holds is ignored.
public enum NetworkFile {
  /// Names of dimensions, variables and attributes.
  enum Name {
    static let neuron = "neuron"
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

  /// The largest population that is read.
  static let largestPopulation = 1_000_000
}
