/// The input files of a sweep, each read once however many trials name it.
package struct InputFiles: Sendable {
  private var byPath: [InputFile.Role: [String: InputFile]] = [:]

  /// Every file, sorted by role and path.
  var all: [InputFile] {
    InputFile.Role.allCases.flatMap { role in
      byPath[role, default: [:]].values.sorted { $0.path < $1.path }
    }
  }

  /// Whether two files of one role are copies of each other.
  var hasCopies: Bool {
    byPath.values.contains { Set($0.values.map(\.contentHash)).count < $0.count }
  }

  /// Adds a file.
  mutating func insert(_ file: InputFile) { byPath[file.role, default: [:]][file.path] = file }

  /// The file with a path as written; nil if it was not read.
  subscript(role: InputFile.Role, path: String) -> InputFile? { byPath[role]?[path] }

  /// The file that a value of a role's parameter names; nil where the value names no file.
  func file(_ role: InputFile.Role, _ value: ParameterValue) -> InputFile? {
    role.path(value).map { path in
      guard let file = self[role, path] else { preconditionFailure("\(path) was not read") }
      return file
    }
  }
}
