import FoundationEssentials
import Glibc

/// How much memory this process has in use.
enum ResidentMemory {
  /// What it has in use now [bytes]; its peak where the system does not say.
  static var current: Int {
    guard let data = FileManager.default.contents(atPath: "/proc/self/statm"),
      let pages = String(decoding: data, as: UTF8.self).split(separator: " ").dropFirst().first
        .flatMap({ Int($0) })
    else { return peak }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// The most that it ever had in use [bytes].
  static var peak: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}
