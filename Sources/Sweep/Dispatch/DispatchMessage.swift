import MPI

/// What ranks say to each other during a sweep.
enum DispatchTag {
  /// Rank to coordinator: ready to compute; content: number of compute threads.
  static let ready = 1
  /// Coordinator to rank: a trial to run; content: its number, then the assignment.
  static let trial = 2
  /// Rank to coordinator: a finished trial; content: number, status, journal line.
  static let result = 3
  /// Coordinator to rank: nothing more will come.
  static let stop = 4
}

/// A number in front of a message's bytes.
enum NumberedMessage {
  static func encode(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
    let value = UInt64(number)
    return (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } + bytes
  }

  static func decode(_ bytes: [UInt8]) -> (number: Int, rest: ArraySlice<UInt8>) {
    precondition(bytes.count >= 8)
    let value = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * $1) }
    return (Int(value), bytes[8...])
  }
}
