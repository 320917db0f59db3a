import FoundationEssentials
import Glibc

/// How much memory a process on this machine can have at most.
public enum MachineMemory {
  /// The memory of the machine, or of the container or job that this process is in [bytes].
  public static let bytes: Double = {
    let machine = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))
    guard machine > 0 else { return .infinity }
    let group = FileManager.default.contents(atPath: "/sys/fs/cgroup/memory.max")
      .flatMap { Double(String(decoding: $0, as: UTF8.self).prefix { $0.isNumber }) }
    return min(machine, group ?? .infinity)
  }()
}
