import CXXHash
import Glibc

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

  /// The hash of the bytes of a file, which is never held as a whole; nil where it cannot be read.
  ///
  /// The corresponding C functions are `XXH3_128bits_update` and `XXH3_128bits_digest`.
  package init?(ofFile path: String) {
    guard let file = fopen(path, "rb"), let state = XXH3_createState() else { return nil }
    defer {
      fclose(file)
      XXH3_freeState(state)
    }
    XXH3_128bits_reset(state)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      XXH3_128bits_update(state, buffer, count)
    }
    guard ferror(file) == 0 else { return nil }
    let hash = XXH3_128bits_digest(state)
    self.init(high: hash.high64, low: hash.low64)
  }
}
