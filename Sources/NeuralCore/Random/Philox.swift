/// The counter-based generator Philox4x32-10: a keyed bijection of 128-bit counters.
///
/// A counter and a key give the same four words everywhere, so a draw depends on what it is for
/// and never on what was drawn before it, by which rank, or in which order.
///
/// - SeeAlso: Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3.
enum Philox {
  /// Four pseudo-random words for one counter.
  static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var state = counter
    var roundKey = key
    for _ in 0..<10 {
      let first = UInt64(state[0]) * 0xD251_1F53
      let second = UInt64(state[2]) * 0xCD9E_8D57
      state = SIMD4(
        UInt32(truncatingIfNeeded: second >> 32) ^ state[1] ^ roundKey[0],
        UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ state[3] ^ roundKey[1],
        UInt32(truncatingIfNeeded: first)
      )
      roundKey[0] &+= 0x9E37_79B9
      roundKey[1] &+= 0xBB67_AE85
    }
    return state
  }
}
