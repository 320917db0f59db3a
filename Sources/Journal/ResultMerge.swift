import SweepPlan

/// Joins the results of shards and partial runs.
public struct ResultMerge: Sendable {
  /// The sweep of the whole.
  public let sweep: SweepFile
  /// Its trials.
  public let plan: Plan
  /// Its journal.
  public let journal: JournalContents
  /// The number of rows added.
  public let added: Int
  /// The number of rows that were already present.
  public let duplicates: Int

  /// No sweep has all trials of the others.
  public struct DifferentSweeps: Error, CustomStringConvertible {
    /// Two folders of which neither has all trials of the other.
    public let first: String
    public let second: String
    /// The differences between them, a clause each.
    public let differences: [String]

    public var description: String {
      "\(first) and \(second) belong to different sweeps: \(differences.joined(separator: "; ")); "
        + "expected one sweep that has all trials of the others"
    }
  }

  /// Adds the results of some folders to another.
  ///
  /// Trials are matched by their identity: a comment in a sweep file, added seeds or another path
  /// of a pattern make no difference. The sweep of the whole is the one that has all trials of the
  /// others. Folders beside the target are only read.
  ///
  /// - Parameters:
  ///   - folders: The parts. The target may be among them.
  ///   - target: The folder of the whole; created if missing.
  /// - Throws: ``DifferentSweeps``, ``StoredSweepError``, ``JournalError`` or
  ///   ``ResultFolder/WriteError``. If results contradict each other, the target is left unchanged.
  public init(of folders: [ResultFolder], into target: ResultFolder) throws {
    let parts = try folders.map { folder in
      let sweep = try folder.storedSweep()
      return (folder: folder, sweep: sweep, plan: try Plan(sweep))
    }
    // Only the largest can have all trials; among equally large ones, the one with the most scores
    // is taken.
    func size(_ part: (folder: ResultFolder, sweep: SweepFile, plan: Plan)) -> (Int, Int) {
      (part.plan.count, part.sweep.scoreGroups.count)
    }
    guard let whole = parts.max(by: { size($0) < size($1) }) else {
      preconditionFailure("nothing is merged")
    }
    let ids = Set(whole.plan.ids)
    for part in parts where !part.plan.ids.allSatisfy(ids.contains) {
      throw DifferentSweeps(
        first: whole.folder.path, second: part.folder.path,
        differences: whole.plan.differences(from: part.plan))
    }
    let merged = try JournalMerge(of: folders.map(\.journal), into: target.journal) {
      try target.store(whole.sweep)
    }
    sweep = whole.sweep
    plan = whole.plan
    journal = merged.journal
    added = merged.added
    duplicates = merged.duplicates
  }
}

/// Joins journals: the rows that the target lacks are added to it.
public struct JournalMerge {
  /// The whole.
  public let journal: JournalContents

  /// The number of rows added.
  public let added: Int

  /// The number of rows that were already present.
  public let duplicates: Int

  /// Adds the rows of some journals to another.
  ///
  /// The other journals are only read. New rows go to a new file of the journal, so a killed merge
  /// leaves only complete lines and can be repeated.
  ///
  /// - Parameters:
  ///   - folders: The journals to be added. The target may be among them.
  ///   - target: The folder of the journal that receives them; created if missing.
  ///   - willWrite: Called when everything is read and nothing is written yet.
  /// - Throws: ``JournalError``; if two finished rows of one trial differ, it names both.
  public init(
    of folders: [String], into target: String, willWrite: () throws -> Void = {}
  ) throws {
    // Everything is read before anything is written: a conflict leaves the target unchanged.
    var whole = try JournalReader.read(folder: target)
    let held = whole
    var read = 0
    for folder in folders where folder != target {
      let source = try JournalReader.read(folder: folder)
      read += source.rows.count
      try whole.read(folder: folder)
    }
    try willWrite()
    let writer = try JournalWriter(folder: target)
    var added = 0
    for (trial, row) in whole.rows.sorted(by: { $0.key < $1.key }) where held.rows[trial] != row {
      let line = JournalLine(
        trial: trial, status: row.status,
        scoreGroups: row.scoreGroups,
        content: try whole.content(of: row))
      try writer.append(line.bytes[...])
      added += 1
    }
    try writer.close()
    journal = whole
    self.added = added
    duplicates = read - added
  }
}
