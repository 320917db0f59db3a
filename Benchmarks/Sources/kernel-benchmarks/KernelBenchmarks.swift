import Bench
import Foundation

/// Runs the full series of kernel benchmarks and writes `results.json`, `helping.json` and
/// `README.md` into `runs/<date>-<processor>/`.
///
/// Usage: `swift run -c release kernel-benchmarks COMMIT`, in this folder.
@main
struct KernelBenchmarks {
  static func main() throws {
    guard CommandLine.arguments.count == 2 else {
      FileHandle.standardError.write(Data("usage: kernel-benchmarks COMMIT\n".utf8))
      exit(2)
    }
    let commit = CommandLine.arguments[1]
    let load = word(of: "/proc/loadavg", at: 0)
    let result = try KernelBenchmark.measured(.full) { print($0) }
    let cores = ProcessInfo.processInfo.processorCount
    let helping =
      cores > 1 ? try HelpingBenchmark.measured(.standard, threads: cores) { print($0) } : nil
    let processor = processorName
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyy-MM-dd"
    let date = formatter.string(from: Date())
    let name = processor.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" }
    let folder = "runs/\(date)-\(String(name))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(result).write(to: URL(fileURLWithPath: folder + "/results.json"))
    try helping.map {
      try encoder.encode($0).write(to: URL(fileURLWithPath: folder + "/helping.json"))
    }
    let tables = [result.table, helping?.table].compactMap { $0 }.joined(separator: "\n\n")
    let text = """
      # Kernels on \(processor), \(date)

      Commit \(commit); load of the machine before and after the series: \(load) and \
      \(word(of: "/proc/loadavg", at: 0)) on \(cores) cores.

      ```
      \(tables)
      ```

      """
    try text.write(toFile: folder + "/README.md", atomically: true, encoding: .utf8)
    print(tables)
    print("written to \(folder)")
  }

  private static var processorName: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    let parts = line?.split(separator: ":").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
    return parts.count == 2 ? parts[1] : "unknown processor"
  }

  private static func word(of path: String, at index: Int) -> String {
    let words = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: " ") ?? []
    return index < words.count ? String(words[index]) : "unknown"
  }
}
