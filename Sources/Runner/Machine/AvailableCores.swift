import FoundationEssentials
import Glibc

/// How many cores this process may use.
public struct AvailableCores: Equatable, Sendable {
  /// The number of cores of the machine.
  var online: Int
  /// The number of cores in its affinity mask.
  var bound: Int
  /// The number that it may use, at least 1: no more than ``bound``, than its control groups allow, and
  /// than Slurm gave to a task.
  public var count: Int
  /// The number that the control groups allow; nil for all.
  private var quota: Int?

  /// The cores of this process.
  public static var current: AvailableCores {
    let online = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    return AvailableCores(
      online: online, bound: fileContent("/proc/self/status").flatMap(affinity) ?? online,
      environment: ProcessInfo.processInfo.environment, read: fileContent)
  }

  /// - Parameters:
  ///   - online: The number of cores of the machine.
  ///   - bound: The number of cores in the affinity mask.
  ///   - environment: The environment variables of the process.
  ///   - read: The content of a file of the system; nil if there is none.
  init(
    online: Int, bound: Int, environment: [String: String],
    read: @escaping (_ path: String) -> String?
  ) {
    self.online = online
    let groups = ControlGroups(read: read)
    // Version 2: `200000 100000`, the time of all cores in a period, or `max 100000`.
    var quotas = groups.values("", "cpu.max").map { $0.text.split(separator: " ").map(String.init) }
    // Version 1: the same in two files; -1 for no limit.
    quotas += zip(
      groups.values("cpu", "cpu.cfs_quota_us"), groups.values("cpu", "cpu.cfs_period_us")
    ).map { [$0.text, $1.text] }
    let allowed = quotas.compactMap { quota -> Int? in
      guard quota.count == 2, let time = Double(quota[0]), let period = Double(quota[1]), time > 0,
        period > 0
      else { return nil }
      // Part of a core is more than none.
      return Int((time / period).rounded(.up))
    }
    let task = environment["SLURM_CPUS_PER_TASK"].flatMap { Int($0) }
    quota = allowed.min()
    self.bound = max(1, bound)
    count = max(1, ([bound] + allowed + [task].compactMap(\.self)).min()!)
  }

  /// How many of the cores a rank may use if all ranks of its machine use as many, at least 1.
  ///
  /// - Parameters:
  ///   - ranks: The number of ranks on the machine.
  ///   - cores: The number of cores that at least one of them may use.
  public func share(ranks: Int, cores: Int) -> Int {
    max(1, min(count, min(cores, quota ?? cores) / ranks))
  }

  /// A warning if threads must share cores; nil otherwise.
  ///
  /// - Parameters:
  ///   - threads: The number of compute threads.
  ///   - isLaunched: Whether an MPI launcher started this process.
  public func warning(threads: Int, isLaunched: Bool) -> String? {
    guard threads > bound else { return nil }
    let cores = bound == 1 ? "1 core" : "\(bound) cores"
    guard bound < online else {
      return "\(threads) threads share the \(cores) of this machine; expected --threads \(bound)"
    }
    return isLaunched
      ? "a rank has \(threads) threads but is bound to \(cores); start it with `mpirun --bind-to none`, "
        + "or `mpirun --map-by slot:PE=\(threads)`"
      : "\(threads) threads share \(cores), to which this process is bound; expected --threads \(bound)"
  }

  /// The number of cores in an affinity mask, as `/proc/self/status` shows it: `Cpus_allowed: ff,ffffffff`;
  /// nil if there is none.
  static func affinity(_ status: String) -> Int? {
    let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") }
    return line?.drop { $0 != ":" }.reduce(0) { $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount }
  }
}

/// The content of a file of the system; nil if it cannot be read.
func fileContent(_ path: String) -> String? {
  FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
}
