import Testing

@testable import Runner

@Suite struct AvailableCoresTests {
  private static func cores(
    _ bound: Int = 64, _ environment: [String: String] = [:], _ files: [String: String] = [:]
  ) -> Int {
    AvailableCores(online: 64, bound: bound, environment: environment, read: { files[$0] }).count
  }

  /// If this fails, threads share cores while others wait for them, or cores stay idle.
  @Test("A process starts a thread for each core of its mask, and what Slurm gave to a task")
  func maskAndTask() {
    let status = "Name:\tP\nCpus_allowed:\t%\nCpus_allowed_list:\t0-15,32\n"
    for (mask, count) in [("1", 1), ("c", 2), ("00000001,0000ffff", 17), ("ffffffff", 32)] {
      #expect(AvailableCores.affinity(status.replacing("%", with: mask)) == count)
    }
    #expect(AvailableCores.affinity("") == nil)
    #expect(Self.cores(1) == 1)
    #expect(Self.cores(4) == 4)
    #expect(Self.cores(64, ["SLURM_CPUS_PER_TASK": "6"]) == 6)
    #expect(Self.cores(2, ["SLURM_CPUS_PER_TASK": "6"]) == 2)
    #expect(Self.cores(2, ["SLURM_CPUS_PER_TASK": "many"]) == 2)
    #expect(Self.cores(2, ["SLURM_CPUS_PER_TASK": "0"]) == 1)
  }

  /// If this fails, a container with two cores of 64 starts 64 threads, which stop each other.
  @Test(
    "The quota of control groups counts, of the process and of every group above",
    arguments: [
      ("200000 100000", "max 100000", 2), ("max 100000", "400000 100000", 4),
      ("400000 100000", "300000 100000", 3), ("50000 100000", "max 100000", 1),
      ("150000 100000", "max 100000", 2), ("max 100000", "max 100000", 64), ("", "x", 64),
    ])
  func quotaOfVersion2(own: String, above: String, count: Int) {
    let files = [
      "/proc/self/cgroup": "0::/slurm/job_7/task_0\n",
      "/proc/self/mountinfo":
        "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n",
      "/sys/fs/cgroup/slurm/job_7/task_0/cpu.max": own + "\n",
      "/sys/fs/cgroup/slurm/cpu.max": above + "\n",
    ]
    #expect(Self.cores(64, [:], files) == count)
  }

  /// The same with version 1, also beside version 2, and in a container that sees its own group as the top.
  @Test(arguments: [
    ("/", "/docker/abc", "/docker/abc"), ("/docker/abc", "/docker/abc", ""),
    ("/", "/../elsewhere", ""),
  ])
  func quotaOfVersion1(root: String, group: String, folder: String) {
    let files = [
      "/proc/self/cgroup": "5:cpu,cpuacct:\(group)\n0::/\n",
      "/proc/self/mountinfo": """
      33 25 0:29 \(root) /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct
      34 25 0:30 / /sys/fs/cgroup/unified rw shared:10 - cgroup2 cgroup2 rw

      """,
      "/sys/fs/cgroup/cpu,cpuacct\(folder)/cpu.cfs_quota_us": "300000\n",
      "/sys/fs/cgroup/cpu,cpuacct\(folder)/cpu.cfs_period_us": "100000\n",
    ]
    #expect(Self.cores(64, [:], files) == 3)
    let unlimited = files.mapValues { $0 == "300000\n" ? "-1\n" : $0 }
    #expect(Self.cores(64, [:], unlimited) == 64)
  }

  /// If this fails, the ranks of a machine start more threads than it has cores, or leave cores idle.
  @Test(
    "Ranks on one machine share its cores",
    arguments: [
      // bound, all cores, ranks, CPU quota, expected
      (1, 16, 16, nil, 1), (4, 16, 4, nil, 4), (16, 16, 1, nil, 16), (16, 16, 4, nil, 4),
      (2, 2, 3, nil, 1), (64, 64, 8, 8, 1), (64, 64, 2, 8, 4),
    ] as [(Int, Int, Int, Int?, Int)])
  func share(bound: Int, cores: Int, ranks: Int, quota: Int?, expected: Int) {
    let files = quota.map {
      [
        "/proc/self/cgroup": "0::/a\n",
        "/proc/self/mountinfo": "30 23 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw\n",
        "/sys/fs/cgroup/a/cpu.max": "\($0 * 100_000) 100000\n",
      ]
    }
    let available = AvailableCores(
      online: 64, bound: bound, environment: [:], read: { files?[$0] })
    #expect(available.share(ranks: ranks, cores: cores) == expected)
  }

  /// If this fails, all threads of a rank run on one core, and nobody learns why.
  @Test("Threads that must share cores are mentioned, with the option that helps")
  func warning() throws {
    func cores(online: Int) -> AvailableCores {
      AvailableCores(online: online, bound: 1, environment: [:], read: { _ in nil })
    }
    #expect(
      cores(online: 1).warning(threads: 2, isLaunched: true)
        == "2 threads share the 1 core of this machine; expected --threads 1")
    let cores = cores(online: 2)
    #expect(cores.warning(threads: 1, isLaunched: true) == nil)
    let bound = try #require(cores.warning(threads: 2, isLaunched: true))
    #expect(bound.contains("2 threads") && bound.contains("bound to 1 core;"))
    #expect(bound.contains("mpirun --bind-to none") && bound.contains("--map-by slot:PE=2"))
    #expect(
      cores.warning(threads: 2, isLaunched: false)
        == "2 threads share 1 core, to which this process is bound; expected --threads 1")
  }
}
