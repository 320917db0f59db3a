import CXXHash

// All unsafe code of this folder is in this file.

extension ContentHash {
  /// The hash of some bytes.
  ///
  /// The corresponding C function is `XXH3_128bits`.
  ///
  /// - Complexity: O(bytes), no allocation.
  public init(of bytes: [UInt8]) {
    let hash = bytes.withUnsafeBytes { XXH3_128bits($0.baseAddress, $0.count) }
    self.init(high: hash.high64, low: hash.low64)
  }
}
