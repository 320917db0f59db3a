import CBuildInfo
import FoundationEssentials
import Journal
import Parameters
import Runner
import SweepPlan

/// `provenance.json`: the program, machine, inputs and timing of a run.
///
/// Only this file and `costs.csv` may differ between two runs of one sweep; the sweep determines all
/// other tables.
struct Provenance: Encodable {
  struct Program: Encodable {
    var version = Version.number
    var commit = Version.commit
    var compiler = "Swift \(swiftVersion), \(String(cString: elise_build_compiler()))"
    var builtFor = String(cString: elise_build_processor())
    /// The MPI library and its version.
    var mpi: String
    /// The linear algebra library and its version.
    var linearAlgebra: String
  }

  struct Machine: Encodable {
    var host: String
    var processor: String
    var instructionSet: [String]
    var cores: Int
  }

  /// The use that the run made of its cores.
  struct Efficiency: Encodable {
    var seconds: Double
    var busySeconds: Double
    /// Time for which compute threads had no trial [core-seconds].
    var idleSeconds: Double
    var tailSeconds: Double
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
  /// - Parameters:
  ///   - host: The name of this machine.
  ///   - start: When the run began [seconds since 1970].
  init(
    program: Program, host: String, command: [String], sweep: SweepFile, start: Double,
    outcome: SweepRun.Outcome
  ) {
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
    ranks = outcome.ranks
    threads = outcome.threads
    self.start = Timestamp.text(start)
    end = Timestamp.text(Date().timeIntervalSince1970)
    trialsRun = outcome.ran
    trialsFinishedBefore = outcome.before
    efficiency = Efficiency(outcome)
  }

  func json() throws -> String {
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
  init?(_ run: SweepRun.Outcome) {
    guard run.ran > 0, run.seconds > 0 else { return nil }
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
  var parallelEfficiency: Double? { efficiency?.parallelEfficiency }

  /// The parallel efficiency in words; nil if nothing ran.
  var parallelEfficiencyText: String? {
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
