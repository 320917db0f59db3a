import Foundation
import TestSupport
import Testing

/// The scripts in `slurm/`, without Slurm.
@Suite struct JobScriptTests {
  /// Starts ranks by a launcher that is a shell script.
  private func launch(_ launcher: String) throws -> (outcome: ProcessOutcome, time: Duration) {
    try withTemporaryFolder { folder in
      try makeProgram(folder.appendingPathComponent("mpirun"), script: launcher)
      let script = Fixtures.url("../../slurm/job.sh").standardizedFileURL.path
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      let start = ContinuousClock.now
      let outcome = try run(
        "bash", ["-c", "source \"$0\"; elise_launch some-program", script],
        environment: [
          "ELISE_LAUNCH": "mpirun", "ELISE_MPIRUN": nil, "PATH": "\(folder.path):\(path)",
        ],
        timeout: .seconds(50))
      return (outcome, start.duration(to: .now))
    }
  }

  /// If this fails, a job whose ranks died while they started stays in its nodes until its limit.
  @Test(
    "A launcher that waits for ranks that are gone is ended",
    arguments: [
      "sleep 2 & wait; exec sleep 600",  // It has taken note of their end.
      "sleep 2 & exec sleep 600",  // It has not.
    ])
  func hangingLauncherIsEnded(launcher: String) throws {
    let (outcome, time) = try launch(launcher)
    #expect(outcome.exitCode == 128 + SIGKILL, "\(outcome.exitCode): \(outcome.errors)")
    #expect(outcome.errors.contains("waits for processes that have ended"), "\(outcome.errors)")
    #expect(time > .seconds(10) && time < .seconds(40), "\(time)")
  }

  /// If this fails, jobs are killed that are well, or their exit code is lost.
  @Test func launcherIsLeftAloneWhileItsRanksComeAndGo() throws {
    let gap = "mkfifo \"$0.gap\"; exec 3<>\"$0.gap\"; sleep 2; read -r -t 7 -u 3"
    let (outcome, _) = try launch("\(gap); sleep 4; exit 3")
    #expect(outcome.exitCode == 3 && outcome.errors.isEmpty, "\(outcome.errors)")
  }

  /// The words with which `array.sbatch` starts the program, and its messages; `squeue` and `srun` are
  /// shell scripts.
  private func array(
    _ words: [String], environment: [String: String?], timeLeft: String = "UNLIMITED",
    srun: String = #"shift 2; echo "$@""#
  ) throws -> ProcessOutcome {
    try withTemporaryFolder { folder in
      let script = Fixtures.url("../../slurm/array.sbatch").standardizedFileURL.path
      let fakes = [
        "scontrol": "echo '   Command=\(script) a.yaml'", "squeue": "echo \(timeLeft)",
        "srun": srun,
      ]
      for (name, text) in fakes {
        try makeProgram(folder.appendingPathComponent(name), script: text)
      }
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      let usual: [String: String?] = [
        "PATH": "\(folder.path):\(path)", "ELISE_SWEEP": "program", "ELISE_LAUNCH": nil,
        "ELISE_RESERVE": nil, "ELISE_SHARDS": nil, "SLURM_CPUS_PER_TASK": nil, "SLURM_JOB_ID": "7",
      ]
      return try run("bash", [script] + words, environment: usual.merging(environment) { $1 })
    }
  }

  /// If this fails, a job ends because a rank of Open MPI crashed before anything ran, or a program that
  /// crashes is started for ever.
  @Test("Ranks that crash while they start are started again", arguments: [1, 2, 3])
  func crashedStartIsRepeated(crashes: Int) throws {
    let outcome = try array(
      ["a.yaml"], environment: ["ELISE_SHARDS": "2", "SLURM_ARRAY_TASK_ID": "1"],
      srun:
        #"echo >> "$0.starts"; [ $(wc -l < "$0.starts") -gt \#(crashes) ] || kill -SEGV $$; echo fine"#
    )
    let starts = outcome.errors.split(separator: "\n").count { $0.contains("starting them again") }
    #expect(starts == min(crashes, 2), "\(outcome.errors)")
    #expect(outcome.exitCode == (crashes < 3 ? 0 : 128 + SIGSEGV), "\(outcome.errors)")
    #expect(outcome.output.contains("fine") == (crashes < 3))
  }

  /// If this fails, one task that is repeated, or an array with gaps, runs other trials than it should.
  @Test("A task of an array runs the shard of its number", arguments: [1, 3, 8])
  func tasksAreShards(task: Int) throws {
    // As with --array=3 or --array=1-8:2.
    let outcome = try array(
      ["a.yaml", "--quiet"],
      environment: [
        "ELISE_SHARDS": "8", "SLURM_ARRAY_TASK_ID": "\(task)", "SLURM_ARRAY_TASK_MIN": "\(task)",
        "SLURM_ARRAY_TASK_MAX": "\(task)", "SLURM_ARRAY_TASK_COUNT": "1",
      ])
    #expect(outcome.output == "program run a.yaml --quiet --shard \(task)/8\n", "\(outcome.errors)")
  }

  /// If this fails, a rank with sixteen cores computes on one: srun does not ask the job for them.
  @Test func tasksHaveTheCoresOfTheJob() throws {
    let outcome = try array(
      ["a.yaml"],
      environment: [
        "ELISE_SHARDS": "8", "SLURM_ARRAY_TASK_ID": "1", "SLURM_CPUS_PER_TASK": "16",
      ])
    #expect(
      outcome.output == "--cpus-per-task=16 program run a.yaml --shard 1/8\n", "\(outcome.errors)")
  }

  /// If this fails, an array whose number of shards nobody has said runs a guess.
  @Test(
    "A task that cannot know its shard stops and says so",
    arguments: [
      (nil, "3"), ("", "3"), ("eight", "3"), ("0", "3"), ("8", "0"), ("8", "9"), ("8", nil),
    ] as [(String?, String?)])
  func tasksWithoutShards(shards: String?, task: String?) throws {
    let outcome = try array(
      ["a.yaml"],
      environment: [
        "ELISE_SHARDS": shards, "SLURM_ARRAY_TASK_ID": task, "SLURM_ARRAY_TASK_MIN": "1",
        "SLURM_ARRAY_TASK_MAX": "8", "SLURM_ARRAY_TASK_COUNT": "8",
      ])
    #expect(outcome.exitCode == 2 && outcome.output.isEmpty, "\(outcome.output)")
    #expect(
      outcome.errors.contains(
        "got array task \(task ?? "(none)") and ELISE_SHARDS=\(shards ?? "")"),
      "\(outcome.errors)")
  }

  /// If this fails, a job is killed at its time limit without saving, for example in the night when the
  /// clocks change.
  @Test(
    "The time limit of a job is the time that Slurm says is left, minus the reserve",
    arguments: [
      ("1-02:03:04", 93_724), ("4:00:00", 14_340), ("59:09", 3489), ("00:30", 1),
      ("UNLIMITED", nil), ("NOT_SET", nil), ("INVALID", nil), ("", nil),
    ] as [(String, Int?)])
  func timeLeft(text: String, seconds: Int?) throws {
    let outcome = try array(
      ["a.yaml"], environment: ["ELISE_SHARDS": "2", "SLURM_ARRAY_TASK_ID": "1"], timeLeft: text)
    let limit = seconds.map { " --max-time \($0)s" } ?? ""
    #expect(outcome.output == "program run a.yaml --shard 1/2\(limit)\n", "\(outcome.errors)")
  }

  private func submit(_ words: [String], in folder: URL) throws -> ProcessOutcome {
    try run(
      "bash", [Fixtures.url("../../slurm/submit").standardizedFileURL.path, "--dry-run"] + words,
      environment: ["ELISE_SWEEP": builtProduct("elise-sweep").path], in: folder)
  }

  /// If this fails, a search cannot be submitted, or gets more jobs than it has trials.
  @Test("submit understands the plan of a grid and of a search, whole and in part")
  func submitReadsThePlan() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      try """
      name: search
      fixed: {pattern: scale.txt, replay_cycles: 14, training_cycles: 30}
      grid: {latent: [4, 5], seed: [1, 2]}
      search: {nudging: {from: 0.05, to: 0.89, points: 12}, criterion: correlation >= 0.3}
      """.write(
        to: folder.appendingPathComponent("search.yaml"), atomically: true, encoding: .utf8)
      func summary(_ words: String...) throws -> String {
        let outcome = try submit(words, in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        // A user of a login node learns what runs there.
        #expect(
          outcome.errors.split(separator: "\n").count == 1
            && outcome.errors.hasPrefix("slurm/submit: measuring on "), "\(outcome.errors)")
        return outcome.output
      }
      #expect(try summary("small.yaml").hasPrefix("small: 6 trials to run, "))
      #expect(
        try summary("--shards=2", "small.yaml").contains(
          "\nELISE_SHARDS=2 sbatch --parsable --job-name=elise-small --array=1-2 "))
      #expect(try summary("search.yaml").hasPrefix("search: 24 trials to run, "))
      for sweep in ["small", "search"] {
        let part = try Program.run(["run", "\(sweep).yaml", "--shard", "1/2"], in: folder)
        #expect(part.exitCode == 0, "\(part.errors)")
      }
      #expect(try summary("small.yaml").hasPrefix("small: 3 trials to run, "))
      #expect(try summary("search.yaml").hasPrefix("search: 12 trials to run, "))
      #expect(try Program.run(["run", "small.yaml", "--quiet"], in: folder).exitCode == 0)
      #expect(try summary("small.yaml") == "small: nothing is left to run in results/small\n")
    }
  }

  /// If this fails, a job is refused or killed for want of memory or time, or cannot be found in `squeue`.
  @Test(
    "Every job has a name, a time limit and memory, and both spellings of options mean the same")
  func submitRequestsWhatJobsNeed() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      func jobs(_ words: String...) throws -> [String] {
        let outcome = try submit(words + ["small.yaml", "--out", "r"], in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return outcome.output.split(separator: "\n").filter { $0.contains("sbatch ") }
          .map { String($0).replacing(/--mem[a-z-]*=\d+M/, with: "MEMORY") }
      }
      let both = try jobs(
        "--time=30", "--ntasks=2", "--partition=main", "--shards=2", "--exclusive")
      try #require(both.count == 2, "\(both)")
      #expect(
        both[0].contains(
          "sbatch --parsable --job-name=elise-small --array=1-2 --time=30 --ntasks=2 --partition=main "
            + "--exclusive MEMORY "), "\(both[0])")
      #expect(
        both[1].contains(
          "sbatch --parsable --job-name=elise-small-tables --dependency=afterany:ARRAY "
            + "--kill-on-invalid-dep=yes --time=10 MEMORY --partition=main "), "\(both[1])")
      let apart = try jobs(
        "--time", "30", "--ntasks", "2", "--partition", "main", "--shards", "2", "--exclusive")
      #expect(apart.map { $0.replacing("--partition main", with: "--partition=main") } == both)
      let short = try jobs("-t30", "-n", "2", "-p", "main", "--shards", "2", "--exclusive")
      #expect(short.map { $0.replacing("-p main", with: "--partition=main") } == both)
      let own = try jobs("--mem", "3G", "--job-name", "mine", "--time", "5")
      #expect(own[0].contains("--job-name=mine ") && own[0].contains(" --mem 3G "))
      #expect(own[1].contains("--job-name=mine-tables ") && own[1].contains(" --time=5 MEMORY "))
      #expect(!own[0].contains("MEMORY"))
    }
  }

  /// If this fails, a wrong option reaches Slurm, or is said to be another one.
  @Test(
    "submit refuses what it does not understand",
    arguments: [
      (["--array=3"], "got --array=3"), (["--shards=0"], "got 0"),
      (["--time=0:30"], "got --time=0:30"), (["--array", "3"], "got --array 3"),
      (["--time", "0:30"], "got --time=0:30"), (["--partition"], "SWEEP.yaml is missing"),
      (["--shards=4000"], "got --shards=4000; expected at most"),
    ])
  func submitRefuses(words: [String], message: String) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let outcome = try submit(words + ["small.yaml"], in: folder)
      #expect(outcome.exitCode == 2)
      #expect(outcome.errors.hasPrefix("slurm/submit: \(message)"), "\(outcome.errors)")
    }
  }
}
