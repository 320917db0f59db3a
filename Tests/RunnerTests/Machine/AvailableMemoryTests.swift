import Testing

@testable import Runner

@Suite struct AvailableMemoryTests {
  private static func memory(
    ranks: Int = 1, addressSpace: Double = .infinity, _ environment: [String: String] = [:],
    _ files: [String: String] = [:]
  ) -> AvailableMemory {
    AvailableMemory(
      ranks: ranks, addressSpace: addressSpace, used: .init(addresses: 300e6, resident: 50e6),
      environment: environment, read: { files[$0] })
  }

  private static let machine = [
    "/proc/meminfo": """
    MemTotal:       24000000 kB
    MemFree:         1000000 kB
    MemAvailable:    8000000 kB
    SwapTotal:       2000000 kB
    SwapFree:        1000000 kB

    """
  ]

  /// If this fails, a run is killed by the system, which leaves no word of the cause.
  @Test("The limit of any group above the process counts, as Slurm sets it, in both versions")
  func groups() {
    var files = Self.machine
    #expect(Self.memory([:], files).node.bytes == 9_000_000 * 1024)
    #expect(Self.memory([:], files).node.source == "the free memory of this machine")
    files["/proc/self/cgroup"] =
      "4:memory:/slurm/uid_0/job_7/step_0\n0::/system/job_7/user/task_0\n"
    #expect(Self.memory([:], files).node.bytes == 9_000_000 * 1024)
    let version1 = "/sys/fs/cgroup/memory/slurm/uid_0/job_7/memory.limit_in_bytes"
    files["/sys/fs/cgroup/memory/memory.limit_in_bytes"] = "9223372036854771712\n"
    files[version1] = "4000000000\n"
    #expect(Self.memory([:], files).node == MemoryLimit(bytes: 3950e6, source: version1))
    let version2 = "/sys/fs/cgroup/system/job_7/memory.max"
    files["/sys/fs/cgroup/system/job_7/user/task_0/memory.max"] = "max\n"
    files[version2] = "2000000000\n"
    files["/proc/self/mountinfo"] = "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"
    #expect(Self.memory([:], files).node == MemoryLimit(bytes: 1950e6, source: version2))
    // Every rank of the node takes some for the program itself.
    #expect(Self.memory(ranks: 4, [:], files).node.bytes == 1800e6)
  }

  @Test(
    "What Slurm gave to the job counts",
    arguments: [
      (["SLURM_MEM_PER_NODE": "1000"], 1000.0, "SLURM_MEM_PER_NODE"),
      (["SLURM_MEM_PER_NODE": "2G"], 2048, "SLURM_MEM_PER_NODE"),
      (["SLURM_MEM_PER_CPU": "500", "SLURM_CPUS_ON_NODE": "4"], 2000, "SLURM_MEM_PER_CPU"),
      // 0 means all of the memory.
      (["SLURM_MEM_PER_NODE": "0"], nil, "the free memory of this machine"),
      (["SLURM_MEM_PER_NODE": "x"], nil, "the free memory of this machine"),
    ] as [([String: String], Double?, String)])
  func job(environment: [String: String], megabytes: Double?, source: String) {
    let memory = Self.memory(environment, Self.machine).node
    #expect(memory.source == source)
    #expect(memory.bytes == megabytes.map { $0 * 1_048_576 - 50e6 } ?? 9_000_000 * 1024)
  }

  /// If this fails, an allocation beyond `ulimit -v` ends the run with a stack trace.
  @Test("The limit of the address space counts for each process, beside what the program takes")
  func addressSpace() {
    let memory = Self.memory(ranks: 8, addressSpace: 1000e6, [:], Self.machine)
    #expect(memory.process == MemoryLimit(bytes: 636e6, source: "ulimit -v"))
    #expect(memory.least == memory.process)
    // A limit that the program alone reaches leaves something for small networks.
    #expect(Self.memory(addressSpace: 320e6).process.bytes == 20e6)
    #expect(Self.memory().least.bytes == .infinity)
  }
}
