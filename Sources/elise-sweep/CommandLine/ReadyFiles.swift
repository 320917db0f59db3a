import FoundationEssentials

/// The sweeps and patterns that come with the program.
enum ReadyFiles {
  /// A file of the project's folder, or of the folder where the program is installed.
  static func path(_ path: String) -> String {
    let program =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let installed =
      program.split(separator: "/").dropLast(2).map { "/" + $0 }.joined()
      + "/share/elise-sweep/" + path
    let exists = FileManager.default.fileExists(atPath:)
    return !exists(path) && exists(installed) ? installed : path
  }

  /// A command line with their paths, so that it can be copied.
  static func named(in line: String) -> String {
    line.split(separator: " ").map { word in
      let start = word.firstIndex(of: "=").map(word.index(after:)) ?? word.startIndex
      let file = String(word[start...])
      return file.hasPrefix("sweeps/") ? word[..<start] + path(file) : String(word)
    }.joined(separator: " ")
  }
}
