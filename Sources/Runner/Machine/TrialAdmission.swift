import Glibc
import SweepPlan

/// Lets a trial start as soon as its memory is free.
///
/// If the trials of all threads do not fit at once, fewer run at a time; a trial that does not even fit
/// alone fails.
struct TrialAdmission: Sendable {
  private let available: AvailableMemory
  private let shares: [MemoryShares]

  /// - Parameters:
  ///   - largest: The memory of the largest trial [bytes].
  ///   - threads: Compute threads of this process.
  ///   - ranks: The number of ranks on this node.
  ///   - run: A name that all ranks of the run have, and no other run.
  init(
    _ available: AvailableMemory, largest: Double, threads: Int, ranks: Int, run: String
  ) {
    self.available = available
    var shares: [MemoryShares] = []
    if largest * Double(threads) > available.process.bytes {
      shares.append(MemoryShares(available.process, name: "\(run)-\(getpid())"))
    }
    if largest * Double(threads * ranks) > available.node.bytes {
      shares.append(MemoryShares(available.node, name: run))
    }
    self.shares = shares
  }

  /// Whether every trial can start at any time.
  var admitsAll: Bool { shares.isEmpty }

  /// Waits until a trial may start.
  ///
  /// - Parameter isLeaving: Whether to stop waiting.
  /// - Returns: The memory, which is free again when the result is released; nil if `isLeaving`
  ///   returned true.
  /// - Throws: ``MemoryExceeded`` for a trial that does not fit alone.
  func admit(
    _ memory: @autoclosure () -> TrialMemory, isLeaving: () -> Bool
  ) throws(MemoryExceeded) -> [MemoryShares.Part]? {
    if admitsAll { return [] }
    let memory = memory()
    try available.check(memory)
    var parts: [MemoryShares.Part] = []
    for shares in shares {
      guard let part = shares.take(memory.bytes, isLeaving: isLeaving) else { return nil }
      parts.append(part)
    }
    return parts
  }

  /// A warning if fewer trials than threads can run at a time; nil if all can.
  ///
  /// - Parameter largest: The memory of the largest trial.
  static func warning(
    _ available: AvailableMemory, largest: TrialMemory, threads: Int, ranks: Int
  ) -> String? {
    let limits = [(available.process, threads), (available.node, threads * ranks)]
    let exceeded = limits.compactMap { limit, threads -> String? in
      let needed = largest.bytes * Double(threads)
      guard threads > 1, needed > limit.bytes else { return nil }
      let (all, allowed) = MemoryText.pair(needed, limit.bytes)
      return
        "\(threads) of the largest trials at a time take \(all) of memory; \(allowed) are available "
        + "(\(limit.source)), so fewer run at a time"
    }
    return exceeded.last
  }
}

extension AvailableMemory {
  /// Checks that a trial fits alone.
  ///
  /// - Throws: ``MemoryExceeded``.
  package func check(_ memory: TrialMemory) throws(MemoryExceeded) {
    let limit = least
    if memory.bytes > limit.bytes { throw MemoryExceeded(memory, limit: limit) }
  }
}

/// A trial takes more memory than it can have.
package struct MemoryExceeded: Error, CustomStringConvertible {
  package let description: String

  init(_ memory: TrialMemory, limit: MemoryLimit) {
    let (needed, allowed) = MemoryText.pair(memory.bytes, limit.bytes)
    let cause =
      memory.network >= memory.record
      ? "a network of \(memory.neurons) neurons" : "the record of a cycle"
    description =
      "memory: got \(needed) for \(cause); expected at most \(allowed), the limit by \(limit.source)"
  }
}

/// Sizes of memory for people.
package enum MemoryText {
  /// Two sizes in one unit, with enough digits to tell them apart.
  package static func pair(_ first: Double, _ second: Double) -> (String, String) {
    let (size, unit) = max(first, second) >= 1e9 ? (1e9, "GB") : (1e6, "MB")
    for digits in 3...16 {
      let texts = [first, second].map { bytes in
        // All digits of a whole number, so that it has no exponent.
        Decimals.significant(bytes / size, max(digits, Decimals.text(bytes / size, 0).count))
          + " \(unit)"
      }
      if texts[0] != texts[1] || first == second { return (texts[0], texts[1]) }
    }
    return ("\(first) bytes", "\(second) bytes")
  }
}
