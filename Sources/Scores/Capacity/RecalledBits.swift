#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The information that a network recalls about its sequence.
///
/// Replay is treated as a symmetric channel: each note is one of `K` columns and is right with
/// probability `A`; wrong columns are equally likely. Over `L` notes it carries
///
///     recalledBits = L (log₂ K + A log₂ A + (1 − A) log₂((1 − A) / (K − 1)))
///
/// bits: `L log₂ K` if every note is right, and 0 if guessing is as good.
///
/// - SeeAlso: Cover and Thomas (2006), Elements of Information Theory, 7.1.4 and exercise 7.5;
///   docs/scores.md, *Recalled information*.
public struct RecalledBits: Equatable, Sendable {
  /// The information recalled [bit].
  public let value: Double

  /// Computes the bits of one trial.
  ///
  /// - Parameters:
  ///   - length: Length of the sequence, `L` [notes].
  ///   - distinctColumns: Number of distinct columns of the pattern, `K`. With fewer than two, the
  ///     result is 0.
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
    // The limit of x log x at 0 is 0, but the expression is NaN there.
    let equivocation = wrong > 0 ? wrong * log2(wrong / (columns - 1)) : 0
    let perNote = log2(columns) + noteAccuracy * log2(noteAccuracy) + equivocation
    value = Double(length) * max(perNote, 0)
  }

  /// The information per plastic synapse [bit]; nil without plastic synapses.
  public func bitsPerSynapse(plasticSynapses: Int) -> Double? {
    plasticSynapses > 0 ? value / Double(plasticSynapses) : nil
  }
}
