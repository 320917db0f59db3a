import SweepPlan

/// Joins journals: rows that one does not hold yet are added to it.
public struct JournalMerge {
  /// The whole.
  public let journal: JournalContents

  /// How many rows were added.
  public let added: Int

  /// How many rows were found that were known already.
  public let duplicates: Int

  /// Adds the rows of some journals to another.
  ///
  /// The other journals are only read. What is added goes to a new file of the journal, so that a
  /// merge that is killed leaves whole lines behind and can be repeated.
  ///
  /// - Parameters:
  ///   - folders: The journals to be added. The target may be among them.
  ///   - target: The folder of the journal that takes them in; created where missing.
  /// - Throws: ``JournalError``; for two finished rows of one trial that differ, naming both.
  public init(of folders: [String], into target: String) throws {
    // Everything is read before anything is written: a conflict leaves the target as it was.
    var whole = try JournalReader.read(folder: target)
    let held = whole
    var read = 0
    for folder in folders where folder != target {
      let source = try JournalReader.read(folder: folder)
      read += source.rows.count
      try whole.read(folder: folder)
    }
    let writer = try JournalWriter(folder: target)
    var added = 0
    for (trial, row) in whole.rows.sorted(by: { $0.key < $1.key }) where held.rows[trial] != row {
      let line = JournalLine(
        trial: trial, status: row.status, tests: SweepTest.allCases.filter(row.tests.contains),
        content: try whole.content(of: row))
      try writer.append(line.bytes)
      added += 1
    }
    try writer.close()
    journal = whole
    self.added = added
    duplicates = read - added
  }
}
