import CBuildInfo
import FoundationEssentials
import Journal
import LinearAlgebra
import MPI
import Runner
import SweepPlan

/// `provenance.json`: how the results of a run came about.
///
/// Everything that may differ between two runs of one sweep stands here and in `costs.csv`; the
/// other tables hold only what the sweep determines.
public struct Provenance: Codable, Sendable {
  /// The program.
  public struct Program: Codable, Sendable {
    var version: String
    var commit: String
    var compiler: String
    var builtFor: String
    var mpi: String
    var linearAlgebra: String
  }

  /// The machine that wrote the tables.
  public struct Machine: Codable, Sendable {
    var host: String
    var processor: String
    var instructionSet: [String]
    var cores: Int
  }

  /// How well the last run used its cores.
  public struct Efficiency: Codable, Sendable {
    /// Wall-clock time [s].
    var seconds: Double
    /// Sum of the trials' times [core-seconds].
    var busySeconds: Double
    /// Time that compute threads were without a trial [core-seconds].
    var idleSeconds: Double
    /// From when the first thread found no trial left until the last one ended [s].
    var tailSeconds: Double
    /// How long the thread of rank 0 was awake that hands out trials and keeps results [s].
    var dispatchSeconds: Double
    /// No schedule can be faster: `max(total / threads, longest trial)` [s].
    var lowerBoundSeconds: Double
    /// Lower bound over wall-clock time.
    var achieved: Double
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

  /// Collects the record of a run.
  ///
  /// - Parameter start: When the run began [seconds since 1970].
  public init(
    version: String, command: [String], sweep: SweepFile, outcome: SweepRun.Outcome,
    start: Double
  ) {
    program = Program(
      version: version, commit: String(cString: elise_build_commit()),
      compiler: "Swift \(Self.swiftVersion), \(String(cString: elise_build_compiler()))",
      builtFor: String(cString: elise_build_processor()), mpi: MPILibrary.version,
      linearAlgebra: LAPACKLibrary.description ?? "unknown")
    let information = ProcessorInformation.current
    machine = Machine(
      host: hostName(), processor: information.name, instructionSet: information.extensions,
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
    ranks = outcome.ranks
    threads = outcome.threads
    self.start = Timestamp.text(start)
    end = Timestamp.text(Date().timeIntervalSince1970)
    trialsRun = outcome.ran
    trialsFinishedBefore = outcome.before
    efficiency = Efficiency(outcome)
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
  /// How well a run used its cores; nil where nothing ran.
  init?(_ outcome: SweepRun.Outcome) {
    guard outcome.ran > 0, outcome.seconds > 0 else { return nil }
    let threads = Double(outcome.threads)
    seconds = outcome.seconds
    busySeconds = outcome.busySeconds
    idleSeconds = max(0, outcome.seconds * threads - outcome.busySeconds)
    tailSeconds = outcome.tailSeconds
    dispatchSeconds = outcome.dispatchSeconds
    lowerBoundSeconds = max(outcome.busySeconds / threads, outcome.longestSeconds)
    achieved = min(1, lowerBoundSeconds / outcome.seconds)
  }
}

extension Provenance {
  /// The time of the best possible schedule over that of the run, in [0, 1]; nil where nothing ran.
  public var achieved: Double? { efficiency?.achieved }

  /// How well the run used its cores, in words; nil where nothing ran.
  public var achievedText: String? {
    achieved.map { "\(Decimals.text(100 * $0, 1)) % of the best possible schedule" }
  }
}
