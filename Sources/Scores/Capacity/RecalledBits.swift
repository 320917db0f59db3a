#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How much of a sequence a network recalls, as information.
///
/// A replay names one of `K` columns per note and is right with probability `A`, wrong columns
/// being equally likely: a symmetric channel. Over `L` notes it carries
///
///     recalledBits = L (log₂ K + A log₂ A + (1 − A) log₂((1 − A) / (K − 1)))
///
/// bits about the sequence: all of `L log₂ K` where every note is right and none where guessing
/// would do as well. Long sequences and rich vocabularies count for more than short, plain ones.
///
/// - SeeAlso: Cover and Thomas (2006), Elements of Information Theory, 7.1.4 and exercise 7.5.
public struct RecalledBits: Equatable, Sendable {
  /// The information recalled [bit].
  public let value: Double

  /// Computes the bits of one trial.
  ///
  /// - Parameters:
  ///   - length: Notes of the sequence, `L`.
  ///   - distinctColumns: Distinct columns of the pattern, `K`. Fewer than two tell nothing.
  ///   - noteAccuracy: Mean note accuracy in the last replay cycles, `A`, in [0, 1].
  public init(length: Int, distinctColumns: Int, noteAccuracy: Double) {
    precondition(length >= 0 && distinctColumns >= 0)
    precondition((0...1).contains(noteAccuracy), "note accuracy is a fraction")
    let columns = Double(distinctColumns)
    guard distinctColumns >= 2, noteAccuracy > 1 / columns else {
      value = 0
      return
    }
    let wrong = 1 - noteAccuracy
    // The limit of x log x at 0 is 0; the expression itself is no number there.
    let equivocation = wrong > 0 ? wrong * log2(wrong / (columns - 1)) : 0
    let perNote = log2(columns) + noteAccuracy * log2(noteAccuracy) + equivocation
    value = Double(length) * max(perNote, 0)
  }

  /// What each plastic synapse contributes [bit].
  ///
  /// - Returns: Missing for a network without plastic synapses.
  public func bitsPerSynapse(plasticSynapses: Int) -> Double? {
    plasticSynapses > 0 ? value / Double(plasticSynapses) : nil
  }
}
