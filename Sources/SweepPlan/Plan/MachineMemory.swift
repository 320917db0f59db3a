import FoundationEssentials
import Glibc

/// The memory that a process on this machine can use.
public enum MachineMemory {
  /// The memory of the machine, or of the container or job of this process if it is less [bytes].
  public static let bytes: Double = {
    let machine = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))
    guard machine > 0 else { return .infinity }
    let group = FileManager.default.contents(atPath: "/sys/fs/cgroup/memory.max")
      .flatMap { Double(String(decoding: $0, as: UTF8.self).prefix { $0.isNumber }) }
    return min(machine, group ?? .infinity)
  }()
}
