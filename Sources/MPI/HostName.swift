import Glibc

/// The name of the machine this process runs on, as the machine itself calls it.
///
/// Empty if it has none.
///
/// The corresponding C function is `gethostname`.
public func hostName() -> String {
  let capacity = 256  // POSIX allows 255 bytes and a zero.
  return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { name in
    name.initialize(repeating: 0)
    guard gethostname(name.baseAddress!, capacity - 1) == 0 else { return "" }
    return String(cString: name.baseAddress!)
  }
}
