extension Pattern {
  /// The most visible neurons and the most notes that a pattern file may have.
  static let largestCount = 100_000

  /// The most values, neurons times notes, that a pattern file may have.
  static let largestMatrix = 10_000_000

  /// Reads the text format of the paper's authors.
  ///
  /// A header `# name: fuer_elise nNeurons: 13 nSteps: 25`, then one row of 0 and 1 per visible
  /// neuron, one value per note. Empty lines are passed over.
  ///
  /// - Throws: ``PatternError`` with the line and what was expected there.
  public init(parsing text: String) throws(PatternError) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
      .map { (number: $0.offset + 1, words: $0.element.split(whereSeparator: \.isWhitespace)) }
    let header = try Self.header(lines.first?.words ?? [])
    let rows = lines.dropFirst().filter { !$0.words.isEmpty }
    guard rows.count == header.neurons else {
      throw .wrongRowCount(found: rows.count, expected: header.neurons)
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
    _ words: [Substring]
  ) throws(PatternError) -> (name: String, neurons: Int, notes: Int) {
    guard words.first == "#", words.contains("nNeurons:") else {
      throw .noHeader(found: String(words.joined(separator: " ").prefix(60)))
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
        throw .badCount(key: key, found: found.map { String($0.prefix(20)) }, allowed: 1...limit)
      }
      return number
    }
    let neurons = try count("nNeurons", atMost: largestCount)
    let notes = try count("nSteps", atMost: min(largestCount, largestMatrix / neurons))
    return (String(value("name:") ?? "unnamed"), neurons, notes)
  }
}
