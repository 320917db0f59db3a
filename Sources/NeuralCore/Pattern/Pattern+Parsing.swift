extension Pattern {
  /// The most visible neurons and the most notes that a pattern file may have.
  static let largestCount = 100_000

  /// The most values, neurons times notes, that a pattern file may have.
  static let largestMatrix = 10_000_000

  /// A line of a pattern file.
  private typealias Line = (number: Int, words: [Substring])

  /// Reads the text format of the paper's authors, and several of such texts behind one another.
  ///
  /// A header `# name: fuer_elise nNeurons: 13 nSteps: 25`, then one row of 0 and 1 per visible
  /// neuron, one value per note. Empty lines are passed over. Another header begins another
  /// pattern, which has visible neurons of its own.
  ///
  /// - Returns: The patterns in the order of the file, at least one.
  /// - Throws: ``PatternError`` with the line and what was expected there.
  public static func all(parsing text: String) throws(PatternError) -> [Pattern] {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
      .map { (number: $0.offset + 1, words: $0.element.split(whereSeparator: \.isWhitespace)) }
    var sections: [(header: Line, rows: [Line])] = [(lines.first ?? (1, []), [])]
    for line in lines.dropFirst() where !line.words.isEmpty {
      if line.words[0].hasPrefix("#") {
        sections.append((line, []))
      } else {
        sections[sections.count - 1].rows.append(line)
      }
    }
    var patterns: [Pattern] = []
    for section in sections { patterns.append(try Pattern(section.header, section.rows)) }
    return patterns
  }

  private init(_ headerLine: Line, _ rows: [Line]) throws(PatternError) {
    let header = try Self.header(headerLine)
    guard rows.count == header.neurons else {
      throw .wrongRowCount(line: headerLine.number, found: rows.count, expected: header.neurons)
    }
    var columns = [[Bool]](
      repeating: [Bool](repeating: false, count: header.neurons), count: header.notes)
    for (neuron, row) in rows.enumerated() {
      guard row.words.count == header.notes else {
        throw .wrongColumnCount(
          line: row.number, found: row.words.count, expected: header.notes)
      }
      for (note, word) in row.words.enumerated() {
        guard word == "0" || word == "1" else {
          throw .badValue(line: row.number, column: note + 1, found: String(word.prefix(20)))
        }
        columns[note][neuron] = word == "1"
      }
    }
    self.init(name: header.name, columns: columns)
  }

  private static func header(
    _ line: Line
  ) throws(PatternError) -> (name: String, neurons: Int, notes: Int) {
    let words = line.words
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
    return (String(value("name:") ?? "unnamed"), neurons, notes)
  }
}
