import CBuildInfo
import FoundationEssentials
import Journal
import Parameters
import SweepPlan

/// `provenance.json`: the program, machine, inputs and timing of a run.
///
/// Only this file and `costs.csv` may differ between two runs of one sweep; the sweep determines all
/// other tables.
public struct Provenance: Codable, Sendable {
  /// The program and its libraries.
  public struct Program: Codable, Sendable {
    var version: String
    var commit = String(cString: elise_build_commit())
    var compiler = "Swift \(swiftVersion), \(String(cString: elise_build_compiler()))"
    var builtFor = String(cString: elise_build_processor())
    var mpi: String
    var linearAlgebra: String

    /// - Parameters:
    ///   - version: The version of the program.
    ///   - mpi: The MPI library and its version.
    ///   - linearAlgebra: The linear algebra library and its version.
    public init(version: String, mpi: String, linearAlgebra: String) {
      self.version = version
      self.mpi = mpi
      self.linearAlgebra = linearAlgebra
    }
  }

  /// A run, as the program that led it counted and timed it.
  public struct Run: Sendable {
    /// MPI ranks.
    public var ranks: Int
    /// Compute threads over all ranks.
    public var threads: Int
    /// Trials that this run finished, with any status.
    public var trials: Int
    /// Trials that were finished before.
    public var trialsBefore: Int
    /// Start [seconds since 1970].
    public var start: Double
    /// Wall-clock time of the trials [s].
    public var seconds: Double
    /// Sum of the trials' times [core-seconds].
    public var busySeconds: Double
    /// Time of the longest trial [s].
    public var longestSeconds: Double
    /// Time for which the dispatching thread of rank 0 was awake [s].
    public var dispatchSeconds: Double
    /// Time from when the first thread had no trial left until the end [s].
    public var tailSeconds: Double

    public init(
      ranks: Int, threads: Int, trials: Int, trialsBefore: Int, start: Double, seconds: Double,
      busySeconds: Double, longestSeconds: Double, dispatchSeconds: Double, tailSeconds: Double
    ) {
      self.ranks = ranks
      self.threads = threads
      self.trials = trials
      self.trialsBefore = trialsBefore
      self.start = start
      self.seconds = seconds
      self.busySeconds = busySeconds
      self.longestSeconds = longestSeconds
      self.dispatchSeconds = dispatchSeconds
      self.tailSeconds = tailSeconds
    }
  }

  /// The machine that wrote the tables.
  public struct Machine: Codable, Sendable {
    var host: String
    var processor: String
    var instructionSet: [String]
    var cores: Int
  }

  /// The use that the run made of its cores.
  public struct Efficiency: Codable, Sendable {
    /// Wall-clock time [s].
    var seconds: Double
    /// Sum of the trials' times [core-seconds].
    var busySeconds: Double
    /// Time for which compute threads had no trial [core-seconds].
    var idleSeconds: Double
    /// Time from when the first thread had no trial left until the end [s].
    var tailSeconds: Double
    /// Time for which the dispatching thread of rank 0 was awake [s].
    var dispatchSeconds: Double
    /// The shortest possible time: `max(busy / threads, longest trial)` [s].
    var lowerBoundSeconds: Double
    /// Lower bound over wall-clock time, at most 1.
    var parallelEfficiency: Double
  }

  var program: Program
  var machine: Machine
  var command: [String]
  var sweepFile: String
  var sweepFileHash: String
  var patterns: [String: String]
  var disruptions: [String: String]
  var ranks: Int
  var threads: Int
  var start: String
  var end: String
  var trialsRun: Int
  var trialsFinishedBefore: Int
  var efficiency: Efficiency?

  /// Collects the record of a run that has just ended.
  ///
  /// - Parameter host: The name of this machine.
  public init(program: Program, host: String, command: [String], sweep: SweepFile, run: Run) {
    self.program = program
    let processor = ProcessorInformation.current
    machine = Machine(
      host: host, processor: processor.name, instructionSet: processor.extensions,
      cores: ProcessInfo.processInfo.activeProcessorCount)
    self.command = command
    sweepFile = sweep.path
    sweepFileHash = sweep.contentHash.description
    func hashes(_ role: InputFile.Role) -> [String: String] {
      Dictionary(
        uniqueKeysWithValues: sweep.files.filter { $0.role == role }
          .map { ($0.path, $0.contentHash.description) })
    }
    patterns = hashes(.pattern)
    disruptions = hashes(.disruption)
    ranks = run.ranks
    threads = run.threads
    start = Timestamp.text(run.start)
    end = Timestamp.text(Date().timeIntervalSince1970)
    trialsRun = run.trials
    trialsFinishedBefore = run.trialsBefore
    efficiency = Efficiency(run)
  }

  /// The JSON text.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  private static var swiftVersion: String {
    #if compiler(>=6.4)
      "6.4 or later"
    #elseif compiler(>=6.3)
      "6.3"
    #elseif compiler(>=6.2)
      "6.2"
    #else
      "6.1"
    #endif
  }
}

extension Provenance.Efficiency {
  /// The efficiency of a run; nil if nothing ran.
  init?(_ run: Provenance.Run) {
    guard run.trials > 0, run.seconds > 0 else { return nil }
    let threads = Double(run.threads)
    seconds = run.seconds
    busySeconds = run.busySeconds
    idleSeconds = max(0, run.seconds * threads - run.busySeconds)
    tailSeconds = run.tailSeconds
    dispatchSeconds = run.dispatchSeconds
    lowerBoundSeconds = max(run.busySeconds / threads, run.longestSeconds)
    parallelEfficiency = min(1, lowerBoundSeconds / run.seconds)
  }
}

extension Provenance {
  /// The shortest possible time of the run over its actual time, in [0, 1]; nil if nothing ran.
  public var parallelEfficiency: Double? { efficiency?.parallelEfficiency }

  /// The parallel efficiency in words; nil if nothing ran.
  public var parallelEfficiencyText: String? {
    parallelEfficiency.map { "parallel efficiency \(Decimals.text(100 * $0, 1)) %" }
  }
}

/// The processor of this machine.
struct ProcessorInformation {
  /// The model's name, or `unknown`.
  var name = "unknown"
  /// Its vector extensions that change which instructions are used.
  var extensions: [String] = []

  private static let relevant = ["sse4_2", "avx", "fma", "avx2", "avx512f", "asimd", "sve"]

  /// The first processor that the kernel lists.
  static var current: ProcessorInformation {
    guard let data = FileManager.default.contents(atPath: "/proc/cpuinfo") else {
      return ProcessorInformation()
    }
    return ProcessorInformation(parsing: String(decoding: data, as: UTF8.self))
  }

  init() {}

  /// Parses the text of `/proc/cpuinfo`.
  init(parsing text: String) {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let key = parts[0].split(whereSeparator: \.isWhitespace).first else {
        continue
      }
      let value = parts[1].drop(while: \.isWhitespace)
      switch key {
      case "model" where name == "unknown" && parts[0].contains("name"):
        name = String(value)
      case "flags" where extensions.isEmpty, "Features" where extensions.isEmpty:
        let flags = Set(value.split(separator: " ").map(String.init))
        extensions = Self.relevant.filter(flags.contains)
      default:
        break
      }
    }
  }
}
