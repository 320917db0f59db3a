import Glibc

/// Where the files that a sweep file names are read from.
public struct InputFileSource {
  /// Reads a file, given its use, its path in the sweep file, and the folder that a relative path starts
  /// from.
  let read: (_ role: InputFile.Role, _ path: String, _ folder: String) throws -> InputFile
  /// The paths that match a pattern of the shell, such as `songs/*.txt`, sorted.
  let paths: (_ role: InputFile.Role, _ pattern: String, _ folder: String) -> [String]

  /// The files of this machine.
  public static var disk: InputFileSource {
    InputFileSource(
      read: { try InputFile($0, $1, in: $2) },
      paths: { RegularFile.paths(matching: $1, in: $2) })
  }

  /// Files that are kept elsewhere, each under its path in the sweep file.
  ///
  /// - Parameters:
  ///   - files: The files.
  ///   - read: Reads one of them.
  public init(
    _ files: [(role: InputFile.Role, path: String)],
    read: @escaping (_ role: InputFile.Role, _ path: String) throws -> InputFile
  ) {
    self.init(
      read: { role, path, _ in try read(role, path) },
      paths: { role, pattern, _ in
        files.filter {
          $0.role == role && fnmatch(pattern, $0.path, FNM_PATHNAME | FNM_PERIOD) == 0
        }
        .map(\.path).sorted()
      })
  }

  init(
    read: @escaping (InputFile.Role, String, String) throws -> InputFile,
    paths: @escaping (InputFile.Role, String, String) -> [String]
  ) {
    (self.read, self.paths) = (read, paths)
  }

  /// Whether a path may be a pattern.
  static func isPattern(_ path: String) -> Bool { path.contains { "*?[".contains($0) } }
}

extension RegularFile {
  /// The paths that match a pattern of the shell, relative to a folder as the pattern is, sorted.
  static func paths(matching pattern: String, in folder: String) -> [String] {
    let prefix = path("", in: pattern.hasPrefix("/") ? "." : folder)
    let literal = prefix.map { "*?[\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(literal + pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0] }
      .map { String(String(cString: $0).dropFirst(prefix.count)) }.sorted()
  }
}
