import Foundation

/// A Swift file, seen as the words of its code: without comments, and without the text of strings.
struct SourceFile {
  /// A word of the code.
  struct Word {
    let text: String
    /// The line, counted from 1.
    let line: Int
    /// Whether it is the first of its line and not indented.
    let isAtMargin: Bool
    /// Whether it follows a dot, as a member does.
    let isMember: Bool
  }

  /// The path from the root of the project, such as `Sources/Runner/Run/SweepRun.swift`.
  let path: String

  let words: [Word]

  init(path: String, text: String) {
    self.path = path
    words = Self.words(of: Self.code(of: Array(text.utf8)))
  }

  /// All files below a folder of the project, sorted by path.
  static func all(in folder: String, of project: URL) throws -> [SourceFile] {
    try FileManager.default.subpathsOfDirectory(atPath: project.appendingPathComponent(folder).path)
      .filter { $0.hasSuffix(".swift") }.sorted()
      .map { name in
        let path = folder + "/" + name
        return SourceFile(
          path: path,
          text: try String(contentsOf: project.appendingPathComponent(path), encoding: .utf8))
      }
  }

  /// The module that the file belongs to: the folder below `Sources`.
  var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

  /// The folder that the file belongs to; a file beside folders stands for itself.
  var unit: String {
    let parts = path.split(separator: "/")
    return parts.count > 3 ? parts.dropLast().joined(separator: "/") : path
  }

  /// The modules that the file imports.
  var imports: [Word] {
    zip(words, words.dropFirst()).filter { $0.0.text == "import" }.map(\.1)
  }

  /// The types that the file declares, and whether they are nested in others.
  var types: [(name: String, isNested: Bool)] {
    let keywords: Set = ["struct", "class", "enum", "protocol", "actor", "typealias"]
    var isNested = false
    var line = 0
    return zip(words, words.dropFirst()).compactMap { word, next in
      if word.line != line { (line, isNested) = (word.line, !word.isAtMargin) }
      return keywords.contains(word.text) && next.text.first!.isUppercase
        ? (next.text, isNested) : nil
    }
  }

  /// Words that may name a type: they begin with a capital letter and are no members.
  var references: [Word] {
    words.filter { !$0.isMember && $0.text.first!.isUppercase }
  }

  private static func words(of code: [UInt8]) -> [Word] {
    var words: [Word] = []
    var (index, line, lineStart) = (0, 1, 0)
    while index < code.count {
      let byte = code[index]
      guard isLetter(byte) else {
        index += 1
        if byte == UInt8(ascii: "\n") { (line, lineStart) = (line + 1, index) }
        continue
      }
      let start = index
      while index < code.count, isLetter(code[index]) { index += 1 }
      words.append(
        Word(
          text: String(decoding: code[start..<index], as: UTF8.self), line: line,
          isAtMargin: start == lineStart || code[lineStart] == UInt8(ascii: "@"),
          isMember: start > 0 && code[start - 1] == UInt8(ascii: ".")))
    }
    return words
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// The text without comments and strings. Code that is interpolated into strings stays.
  private static func code(of bytes: [UInt8]) -> [UInt8] {
    enum Context {
      case code(parentheses: Int)
      case string(hashes: Int, isLong: Bool)
    }
    var code: [UInt8] = []
    code.reserveCapacity(bytes.count)
    var contexts = [Context.code(parentheses: 0)]
    var index = 0
    func byte(_ offset: Int) -> UInt8 { index + offset < bytes.count ? bytes[index + offset] : 0 }
    func skip(_ count: Int) {
      for _ in 0..<count where index < bytes.count {
        if bytes[index] == newline { code.append(newline) }
        index += 1
      }
    }
    let (newline, quote, slash, star) = (
      UInt8(ascii: "\n"), UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "*")
    )
    let (hash, backslash) = (UInt8(ascii: "#"), UInt8(ascii: "\\"))
    while index < bytes.count {
      switch contexts.last! {
      case .code(let parentheses):
        var hashes = 0
        switch byte(0) {
        case slash where byte(1) == slash:
          while index < bytes.count, byte(0) != newline { index += 1 }
          continue
        case slash where byte(1) == star:
          var depth = 0
          repeat {
            let change =
              (byte(0), byte(1)) == (slash, star) ? 1 : (byte(0), byte(1)) == (star, slash) ? -1 : 0
            depth += change
            skip(change == 0 ? 1 : 2)
          } while depth > 0 && index < bytes.count
          continue
        case hash, quote:
          while byte(hashes) == hash { hashes += 1 }
          if byte(hashes) == quote {
            let isLong = byte(hashes + 1) == quote && byte(hashes + 2) == quote
            contexts.append(.string(hashes: hashes, isLong: isLong))
            index += hashes + (isLong ? 3 : 1)
            continue
          }
        case UInt8(ascii: "("):
          contexts[contexts.count - 1] = .code(parentheses: parentheses + 1)
        case UInt8(ascii: ")") where parentheses == 0 && contexts.count > 1:
          contexts.removeLast()
        case UInt8(ascii: ")"):
          contexts[contexts.count - 1] = .code(parentheses: parentheses - 1)
        default: break
        }
        code.append(byte(0))
        index += 1
      case .string(let hashes, let isLong):
        let first = byte(0)
        if first == backslash, (0..<hashes).allSatisfy({ byte(1 + $0) == hash }) {
          if byte(1 + hashes) == UInt8(ascii: "(") {
            contexts.append(.code(parentheses: 0))
            code.append(UInt8(ascii: " "))
          }
          skip(2 + hashes)
        } else if first == quote, !isLong || (byte(1) == quote && byte(2) == quote),
          (0..<hashes).allSatisfy({ byte((isLong ? 3 : 1) + $0) == hash })
        {
          contexts.removeLast()
          code.append(UInt8(ascii: " "))
          index += (isLong ? 3 : 1) + hashes
        } else {
          skip(1)
        }
      }
    }
    return code
  }
}
