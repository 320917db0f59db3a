extension Pattern {
  /// The largest number of visible neurons, and of notes, in a pattern file.
  static let largestCount = 100_000

  /// The largest number of values, neurons times notes, in a pattern file.
  static let largestMatrix = 10_000_000

  /// Reads one or several patterns in the text format of the paper's authors.
  ///
  /// A pattern is a header `# name: fuer_elise nNeurons: 13 nSteps: 25`, then one row of 0 and 1
  /// per visible neuron with one value per note. Each further header starts another pattern with its
  /// own visible neurons. Empty lines, and comments below the first header, are ignored: lines that
  /// begin with `#` and have no key of a header. Blanks, tabs, commas and semicolons separate values,
  /// and 1 may be any decimal that equals it, such as `1.0`. With `values: analog` in the header, values
  /// are levels from 0 to 1.
  ///
  /// - Returns: The patterns in the order of the file, at least one.
  /// - Throws: ``PatternError`` with the line, the text found and the text expected.
  /// - SeeAlso: docs/model.md, *Patterns and targets*.
  public static func all(parsing text: String) throws(PatternError) -> [Pattern] {
    var patterns: [Pattern] = []
    var section: Section?
    for line in TextLines(text) {
      let start = line.words(atMost: 1).first
      if line.number > 1 && start == nil { continue }
      let isComment = start?.hasPrefix("#") == true
      if line.number > 1 && isComment && !isHeader(line) { continue }
      if line.number == 1 || isComment {
        if let section { patterns.append(try Pattern(section)) }
        section = Section(header: line)
      } else {
        section?.add(line)
      }
    }
    if let section { patterns.append(try Pattern(section)) }
    return patterns
  }

  /// Whether a comment has a key of a header. A header with a wrong key is then an error, and its
  /// rows do not become those of the pattern before it.
  private static func isHeader(_ line: TextLines.Line) -> Bool {
    !Set(line.words(atMost: 100)).isDisjoint(with: ["name:", "nNeurons:", "nSteps:", "values:"])
  }

  /// The names in the headers of a text that have more than one word, of which only the first counts.
  public static func cutNames(in text: String) -> [(line: Int, name: String)] {
    TextLines(text).compactMap { line in
      guard line.text.utf8.first == UInt8(ascii: "#") else { return nil }
      let words = line.words(atMost: 100)
      guard words.contains("nNeurons:"), let key = words.firstIndex(of: "name:") else { return nil }
      let name = words[(key + 1)...].prefix { !$0.hasSuffix(":") }
      return name.count > 1 ? (line.number, name.joined(separator: " ")) : nil
    }
  }

  /// A header and its rows.
  private struct Section {
    let header: TextLines.Line
    /// The first ``largestCount`` rows.
    var rows: [TextLines.Line] = []
    var count = 0

    init(header: TextLines.Line) { self.header = header }

    mutating func add(_ row: TextLines.Line) {
      count += 1
      if count <= largestCount { rows.append(row) }
    }
  }

  private init(_ section: Section) throws(PatternError) {
    let header = try Self.header(section.header)
    guard section.count == header.neurons else {
      throw .wrongRowCount(
        line: section.header.number, found: section.count, expected: header.neurons)
    }
    func columns<Value>(_ value: Value) -> [[Value]] {
      [[Value]](repeating: [Value](repeating: value, count: header.neurons), count: header.notes)
    }
    var notes = header.isAnalog ? [] : columns(false)
    var levels = header.isAnalog ? columns(0.0) : []
    for (neuron, row) in section.rows.enumerated() {
      if let column = row.missingValue {
        throw .badValue(line: row.number, column: column, found: "", isAnalog: header.isAnalog)
      }
      let words = row.words(atMost: header.notes)
      guard words.count == header.notes else {
        throw .wrongColumnCount(line: row.number, found: row.wordCount, expected: header.notes)
      }
      for (note, word) in words.enumerated() {
        guard let level = Self.level(word), header.isAnalog || level == 0 || level == 1 else {
          throw .badValue(
            line: row.number, column: note + 1, found: String(word.prefix(20)),
            isAnalog: header.isAnalog)
        }
        if header.isAnalog {
          levels[note][neuron] = level
        } else {
          notes[note][neuron] = level == 1
        }
      }
    }
    self =
      header.isAnalog
      ? Pattern(name: header.name, levels: levels) : Pattern(name: header.name, columns: notes)
  }

  /// A number from 0 to 1; nil for anything else.
  private static func level(_ word: Substring) -> Double? {
    if word == "0" { return 0 }
    if word == "1" { return 1 }
    // `Double` also reads hexadecimal numbers.
    guard word.utf8.count <= 40, word.utf8.allSatisfy(Self.decimalBytes.contains),
      let number = Double(word), (0...1).contains(number)
    else { return nil }
    return abs(number)  // 0 for -0, which is another text
  }

  private static let decimalBytes = Set("0123456789.eE+-".utf8)

  private static func header(
    _ line: TextLines.Line
  ) throws(PatternError) -> (name: String, neurons: Int, notes: Int, isAnalog: Bool) {
    // A header has up to 9 words; the limit bounds the work on a damaged file.
    let words = line.words(atMost: 100)
    guard words.first == "#", words.contains("nNeurons:") else {
      throw .noHeader(
        line: line.number, found: String(words.joined(separator: " ").prefix(60)))
    }
    func value(_ key: String) -> Substring? {
      guard let index = words.firstIndex(of: Substring(key)), index + 1 < words.count else {
        return nil
      }
      return words[index + 1]
    }
    func count(_ key: String, atMost limit: Int) throws(PatternError) -> Int {
      let found = value(key + ":")
      guard let found, let number = Int(found), (1...limit).contains(number) else {
        throw .badCount(
          line: line.number, key: key, found: found.map { String($0.prefix(20)) },
          allowed: 1...limit)
      }
      return number
    }
    let neurons = try count("nNeurons", atMost: largestCount)
    let notes = try count("nSteps", atMost: min(largestCount, largestMatrix / neurons))
    if words.contains("values:"), value("values:") != "analog" {
      throw .badKind(line: line.number, found: value("values:").map { String($0.prefix(20)) })
    }
    return (
      String(value("name:") ?? "unnamed"), neurons, notes, words.contains("values:")
    )
  }
}

/// An error in a pattern file, with its line.
public enum PatternError: Error, Equatable {
  /// The first line, or another line that begins with #, is not a header.
  case noHeader(line: Int, found: String)

  /// A count in the header is missing or outside the allowed range.
  case badCount(line: Int, key: String, found: String?, allowed: ClosedRange<Int>)

  /// The number of rows differs from that in the header.
  case wrongRowCount(line: Int, found: Int, expected: Int)

  /// The number of values in a row differs from that in the header.
  case wrongColumnCount(line: Int, found: Int, expected: Int)

  /// The kind of the values is unknown.
  case badKind(line: Int, found: String?)

  /// A value is neither 0 nor 1, or no level of an analog pattern.
  case badValue(line: Int, column: Int, found: String, isAnalog: Bool)
}

extension PatternError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noHeader(let line, let found):
      "line \(line): got \"\(found)\"; expected a header like "
        + "\"# name: fuer_elise nNeurons: 13 nSteps: 25\""
    case .badCount(let line, let key, let found, let allowed):
      "line \(line): \(key): got \(found.map { "\"\($0)\"" } ?? "nothing"); expected a whole "
        + "number from \(allowed.lowerBound) to \(allowed.upperBound)"
    case .wrongRowCount(let line, let found, let expected):
      "line \(line): got \(found) rows below the header; expected \(expected) (nNeurons, one "
        + "row per visible neuron)"
    case .wrongColumnCount(let line, let found, let expected):
      "line \(line): got \(found) values; expected \(expected) (nSteps, one per note), separated by "
        + "blanks, tabs, commas or semicolons"
    case .badKind(let line, let found):
      "line \(line): values: got \(found.map { "\"\($0)\"" } ?? "nothing"); expected analog, or no such "
        + "key for notes"
    case .badValue(let line, let column, let found, let isAnalog):
      "line \(line), value \(column): got \"\(found)\"; expected "
        + (isAnalog ? "a number from 0 to 1" : "0 or 1")
    }
  }
}

extension Pattern {
  /// The one text of some patterns: all texts that are read alike have this one in common.
  public static func text(of patterns: [Pattern]) -> String {
    patterns.map { pattern in
      let rows = (0..<pattern.visible).map { neuron in
        (0..<pattern.notes).map { note in
          pattern.isAnalog
            ? "\(pattern.level(neuron, inNote: note))"
            : pattern.isActive(neuron, inNote: note) ? "1" : "0"
        }
        .joined(separator: " ") + "\n"
      }
      return "# name: \(pattern.name) nNeurons: \(pattern.visible) nSteps: \(pattern.notes)"
        + (pattern.isAnalog ? " values: analog\n" : "\n")
        + rows.joined()
    }.joined()
  }
}
