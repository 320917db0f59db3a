import FoundationEssentials
import Glibc
import Journal
import MPI
import Runner
import SweepPlan
import Synchronization

/// A small file in the result folder that tells `status` about a run in progress.
///
/// It is rewritten every few seconds and removed at the end; a file that does not change any more means that
/// the run was killed. Clocks of two machines are not compared: the file counts its updates.
/// Nothing else depends on it, so a failure to write it is no error.
struct RunningFile: Codable, Equatable {
  /// The host of rank 0.
  var host: String
  /// The number of MPI ranks.
  var ranks: Int
  /// Compute threads over all ranks.
  var threads: Int
  /// The part of the sweep that runs; nil for all of it.
  var shard: String?
  /// When the run began [seconds since 1970].
  var start: Double
  /// When this was written [seconds since 1970], by the clock of that host; once read, by that of the reader.
  var updated: Double
  /// Trials that this run has not finished, including running ones.
  var left: Int
  /// The part of this run's work that has been done, in [0, 1].
  var fraction: Double
  /// Expected time until the end [s].
  var remaining: Double
  /// Finished trials per second.
  var trialsPerSecond: Double
  /// How often this was written.
  var updates = 0
  /// The process of rank 0.
  var process = ProcessMark()
  /// Whether the run is alive, as its reader has found out.
  var isAlive = true
  /// Whether it is suspended, for example with Ctrl-Z, as its reader has found out.
  var isSuspended = false

  private enum CodingKeys: CodingKey {
    case host, ranks, threads, shard, start, updated, left, fraction, remaining, trialsPerSecond,
      updates
    case process
  }

  /// Time between updates [s].
  static let interval = 2.0
  /// How long the file of a run on another machine is watched for a change [s].
  static let patience = 12.0

  /// Running trials.
  var running: Int { min(threads, left) }

  /// Whether all values are such as a run writes, so that they can be computed with.
  private var isPlausible: Bool {
    let (counts, times) = (0...1_000_000_000, 0.0...1e10)
    return [ranks, threads, left, updates].allSatisfy(counts.contains)
      && [start, updated, remaining, trialsPerSecond].allSatisfy(times.contains)
      && (0...1).contains(fraction)
  }

  /// The runs of a result folder. If only a change can show that one of them is alive, this waits for it.
  ///
  /// - Parameters:
  ///   - patience: How long to wait [s].
  ///   - here: This process, whose machine can say which of its processes are alive.
  ///   - isWanted: Whether to find out about a run.
  /// - Returns: Runs that are alive first, then the latest first.
  static func all(
    in results: ResultFolder, patience: Double = patience, here: ProcessMark = .current,
    where isWanted: (RunningFile) -> Bool = { _ in true }
  ) -> [RunningFile] {
    let folder = results.running
    func read(_ name: String) -> RunningFile? { RunningFile(folder + "/" + name) }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var runs = names.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted()
      .compactMap { name in read(name).map { (name: name, run: $0) } }
      .filter { isWanted($0.run) }
    var unknown: [Int] = []
    for index in runs.indices {
      if let isAlive = runs[index].run.process.isAlive(seenFrom: here) {
        runs[index].run.isAlive = isAlive
        runs[index].run.isSuspended = isAlive && runs[index].run.process.isSuspended
      } else {
        unknown.append(index)
      }
    }
    let begin = ContinuousClock.now
    var ended: Set<Int> = []
    while !unknown.isEmpty {
      let isOver = begin.duration(to: .now) >= .seconds(patience)
      unknown.removeAll { index in
        let now = read(runs[index].name)
        guard now?.updates == runs[index].run.updates else {
          // It has been updated, or has ended.
          if let now { runs[index].run = now } else { ended.insert(index) }
          runs[index].run.useOwnClock(age: 0)
          return true
        }
        guard isOver else { return false }
        runs[index].run.isAlive = false
        runs[index].run.useOwnClock(age: patience)
        return true
      }
      if !unknown.isEmpty { usleep(200_000) }
    }
    return runs.indices.filter { !ended.contains($0) }.map { runs[$0].run }
      .sorted { ($0.isAlive ? 1 : 0, $0.start) > ($1.isAlive ? 1 : 0, $1.start) }
  }

  /// Replaces the times of another clock.
  private mutating func useOwnClock(age: Double) {
    let now = Date().timeIntervalSince1970
    start = now - age - (updated - start)
    updated = now - age
  }
}

extension RunningFile {
  /// Reads a file; nil if it is none.
  fileprivate init?(_ path: String) {
    guard let data = ResultFolder.smallFile(path),
      let run = try? JSONDecoder().decode(RunningFile.self, from: data), run.isPlausible
    else { return nil }
    self = run
  }
}

/// A process, and the machine that knows it.
struct ProcessMark: Codable, Equatable {
  /// The running system and the group of processes in it; empty if unknown.
  var machine = ""
  /// The number of the process there.
  var number: pid_t = 0
  /// When it started, by the clock of the system.
  var start = ""

  /// This process.
  static let current = ProcessMark(of: getpid())

  /// Whether the process is alive; nil if it is on another machine.
  func isAlive(seenFrom here: ProcessMark) -> Bool? {
    guard !machine.isEmpty, machine == here.machine else { return nil }
    return Self.start(of: number) == start
  }

  /// Whether the process is suspended, if it is on this machine.
  var isSuspended: Bool { Self.fields(of: number)?.first == "T" }

  /// A random number of this system since its start, and the namespace of processes, as of a container.
  fileprivate static let machine: String = {
    let boot = FileManager.default.contents(atPath: "/proc/sys/kernel/random/boot_id")
    let space = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
    guard let boot, let space else { return "" }
    return String(decoding: boot, as: UTF8.self).filter { !$0.isNewline } + " " + space
  }()

  /// The start of a process; nil if there is none, or a dead one that its parent has not looked at.
  fileprivate static func start(of process: pid_t) -> String? {
    let fields = fields(of: process) ?? []
    return fields.count > 19 && fields[0] != "Z" && fields[0] != "X" ? fields[19] : nil
  }

  /// What the system says of a process, from its state on; nil if there is none.
  private static func fields(of process: pid_t) -> [String]? {
    // The second field, a name in brackets, may hold anything.
    let line = FileManager.default.contents(atPath: "/proc/\(process)/stat")
      .map { String(decoding: $0, as: UTF8.self) }
    guard let line, let bracket = line.lastIndex(of: ")") else { return nil }
    return line[line.index(after: bracket)...].split(separator: " ").map(String.init)
  }
}

extension ProcessMark {
  /// A process of this machine.
  init(of number: pid_t) {
    self.init(machine: Self.machine, number: number, start: Self.start(of: number) ?? "")
  }
}

extension RunningFile {
  /// Keeps the file of this process up to date.
  final class Writer: Sendable {
    private struct State {
      var content: RunningFile
      var last: ContinuousClock.Instant?
      var isRemoved = false
    }

    private let results: ResultFolder
    private let path: String
    private let state: Mutex<State>
    /// How often the files of other runs had been written at the start, by name.
    private let others: [String: Int]
    private let begin = ContinuousClock.now

    /// Prepares the file of a run; it appears with the first progress.
    init(_ run: RunHeading, start: Double) {
      results = run.folder
      others = Self.updates(in: results.running)
      let host = hostName()
      path = "\(results.running)/\(host)-\(getpid()).json"
      state = Mutex(
        State(
          content: RunningFile(
            host: host, ranks: run.ranks, threads: run.ranks * run.threads,
            shard: run.shard?.description, start: start, updated: 0, left: 0, fraction: 0,
            remaining: 0, trialsPerSecond: 0, process: .current)))
    }

    /// Writes the progress if the interval has passed.
    func show(_ progress: SweepRun.Progress) {
      let (isFirst, isLast) = state.withLock { state in
        let isLast = progress.left == 0 && state.content.left != 0
        state.content.left = progress.left
        state.content.fraction = progress.fraction
        state.content.remaining = progress.remaining
        state.content.trialsPerSecond =
          progress.elapsed > 0 ? Double(progress.done) / progress.elapsed : 0
        return (state.last == nil, isLast)
      }
      update(now: isLast)
      // While tables and figures are written, there is no progress.
      if isFirst {
        RunningThread { [weak self] in while self?.waitAndUpdate() == true {} }?.detach()
      }
    }

    private func waitAndUpdate() -> Bool {
      usleep(500_000)
      return update(now: false)
    }

    /// Writes the file if it is time.
    ///
    /// - Returns: Whether the file is still wanted.
    @discardableResult
    private func update(now: Bool) -> Bool {
      state.withLock { state in
        guard !state.isRemoved else { return false }
        if let last = state.last, !now, last.duration(to: .now) < .seconds(RunningFile.interval) {
          return true
        }
        state.last = .now
        state.content.updates += 1
        state.content.updated = Date().timeIntervalSince1970
        try? FileManager.default.createDirectory(
          atPath: results.running, withIntermediateDirectories: true)
        try? JSONEncoder().encode(state.content).write(to: URL(filePath: path), options: .atomic)
        return true
      }
    }

    private static func updates(in folder: String) -> [String: Int] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      let pairs = names.compactMap { name in
        RunningFile(folder + "/" + name).map { (name, $0.updates) }
      }
      return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// Removes the file, and files that have not changed during this run, if it was a long one.
    func remove() {
      state.withLock { state in
        state.isRemoved = true
        try? FileManager.default.removeItem(atPath: path)
      }
      let folder = results.running
      let isLong = begin.duration(to: .now) > .seconds(4 * RunningFile.patience)
      for (name, updates) in Self.updates(in: folder) where isLong && updates == others[name] {
        try? FileManager.default.removeItem(atPath: folder + "/" + name)
      }
      // Removes the folder only if it is empty.
      rmdir(folder)
    }
  }
}
