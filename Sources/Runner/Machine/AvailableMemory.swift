import FoundationEssentials
import Glibc
import SweepPlan

/// A limit of the memory, and its origin.
public struct MemoryLimit: Equatable, Sendable {
  /// The size [bytes].
  public var bytes: Double
  /// The origin, for messages: a file, a variable, or `ulimit -v`.
  public var source: String
}

/// The memory that trials may take.
public struct AvailableMemory: Equatable, Sendable {
  /// For all threads of this process.
  public var process: MemoryLimit
  /// For all ranks of this node together.
  public var node: MemoryLimit

  /// The smaller one of both.
  public var least: MemoryLimit { process.bytes < node.bytes ? process : node }

  /// The memory that this process uses already.
  struct Used {
    /// Address space [bytes].
    var addresses: Double
    /// In memory [bytes].
    var resident: Double
  }
}

extension AvailableMemory {
  /// The memory that is available now.
  ///
  /// - Parameter ranks: The number of ranks on this node.
  public static func current(ranks: Int) -> AvailableMemory {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    let pages = (fileContent("/proc/self/statm") ?? "").split(separator: " ").map {
      Double($0) ?? 0
    }
    let page = Double(sysconf(Int32(_SC_PAGESIZE)))
    return AvailableMemory(
      ranks: ranks,
      addressSpace: limit.rlim_cur == .max ? .infinity : Double(limit.rlim_cur),
      used: Used(
        addresses: page * (pages.first ?? 0), resident: page * (pages.dropFirst().first ?? 0)),
      environment: ProcessInfo.processInfo.environment, read: fileContent)
  }

  /// - Parameters:
  ///   - ranks: The number of ranks on this node.
  ///   - addressSpace: The limit of the address space of this process [bytes].
  ///   - environment: The environment variables of the process.
  ///   - read: The content of a file of the system; nil if there is none.
  init(
    ranks: Int, addressSpace: Double, used: Used, environment: [String: String],
    read: @escaping (_ path: String) -> String?
  ) {
    var limits: [MemoryLimit] = []
    let resident = used.resident * Double(ranks)
    func add(_ bytes: Double?, used: Double = resident, _ source: String) {
      // However little a limit leaves beside the program, some small networks fit.
      if let bytes {
        limits.append(MemoryLimit(bytes: max(bytes - used, bytes / 16), source: source))
      }
    }
    let groups = ControlGroups(read: read)
    for group in groups.values("", "memory.max") + groups.values("memory", "memory.limit_in_bytes")
    {
      // `max` is no limit; version 1 writes a number of about 2^63.
      if let bytes = Double(group.text), bytes < 0x1p60 { add(bytes, group.path) }
    }
    let node = Self.megabytes(environment["SLURM_MEM_PER_NODE"])
    add(node, "SLURM_MEM_PER_NODE")
    if let core = Self.megabytes(environment["SLURM_MEM_PER_CPU"]),
      let cores = environment["SLURM_CPUS_ON_NODE"].flatMap({ Double($0) })
    {
      add(core * cores, "SLURM_MEM_PER_CPU")
    }
    add(read("/proc/meminfo").flatMap(Self.free), used: 0, "the free memory of this machine")
    // An unknown machine has no limit.
    self.node =
      limits.min { $0.bytes < $1.bytes }
      ?? MemoryLimit(bytes: .infinity, source: "the memory of this machine")
    limits = []
    add(addressSpace, used: used.addresses + Self.addressesForThreads, "ulimit -v")
    process = limits[0]
  }

  /// The address space that threads and tables need beside the trials [bytes].
  private static let addressesForThreads = 64e6

  /// The memory that can be had without ending other programs [bytes]; nil if the system does not say.
  private static func free(_ text: String) -> Double? {
    var values: [Substring: Double] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split { $0 == " " || $0 == ":" }
      if words.count >= 2 { values[words[0]] = Double(words[1]).map { $0 * 1024 } }
    }
    return values["MemAvailable"].map { $0 + (values["SwapFree"] ?? 0) } ?? values["MemTotal"]
  }

  /// A size as Slurm writes it: megabytes, or with a unit [bytes]; nil for none, and for 0, which means
  /// all memory.
  private static func megabytes(_ text: String?) -> Double? {
    guard let text, let last = text.last else { return nil }
    let powers: [Character: Double] = ["K": 0x1p10, "M": 0x1p20, "G": 0x1p30, "T": 0x1p40]
    let unit = powers[last]
    let number = Double(unit == nil ? text : String(text.dropLast()))
    return number.flatMap { $0 > 0 ? $0 * (unit ?? 0x1p20) : nil }
  }
}
