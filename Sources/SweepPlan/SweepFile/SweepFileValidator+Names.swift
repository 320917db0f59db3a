import YAML

extension SweepFileValidator {
  /// Checks that a block sweeps keys, each once, and none that has a value already.
  func checkNames(_ block: Written.Block, fixed: [Written.Entry]) throws {
    let swept = block.product + block.zips.flatMap { $0 }
    if swept.isEmpty { throw reader.error(block.mark, .emptyGrid(key: "grid")) }
    var marks = Dictionary(uniqueKeysWithValues: fixed.map { ($0.key, $0.keyMark) })
    for entry in swept {
      if let first = marks.updateValue(entry.keyMark, forKey: entry.key) {
        throw reader.error(entry.keyMark, .namedTwice(key: entry.key, first: first))
      }
      if let override = overrides.first(where: { $0.key == entry.key }) {
        throw SweepFileError(
          .commandLine(override.argument),
          .setsSweptKey(override.key, swept: entry.keyMark))
      }
    }
    guard block.excludes.count <= Self.maximumExclusions else {
      throw reader.error(
        block.mark,
        .tooMany(
          "exclusions", count: block.excludes.count, limit: Self.maximumExclusions))
    }
    for entry in block.excludes.flatMap({ $0 }) {
      guard swept.contains(where: { $0.key == entry.key }) else {
        throw reader.error(entry.keyMark, .excludesUnsweptKey(entry.key))
      }
    }
  }

  /// Counts the trials, before anything is expanded.
  ///
  /// Values that are named twice count twice here, and exclusions do not count.
  mutating func checkSize(_ blocks: [Written.Block], at gridMark: Mark) throws {
    var total: Int? = 0
    for block in blocks {
      var product: Int? = 1
      for entry in block.product {
        product = product.multiplied(by: try reader.count(entry))
      }
      for zip in block.zips {
        // Lists of unequal length are reported when they are read.
        for entry in zip.prefix(1) { product = product.multiplied(by: try reader.count(entry)) }
      }
      total = total.adding(product)
    }
    guard let total, total <= SweepFile.maximumTrials else {
      throw reader.error(
        gridMark, .tooMany("trials", count: total, limit: SweepFile.maximumTrials))
    }
  }
}

extension Int? {
  /// The product, nil where either is or where it is too large.
  fileprivate func multiplied(by other: Int?) -> Int? {
    // Nothing times too much is still nothing.
    if self == 0 || other == 0 { return 0 }
    guard let self, let other else { return nil }
    let (product, overflow) = self.multipliedReportingOverflow(by: other)
    return overflow ? nil : product
  }

  /// The sum, nil where either is or where it is too large.
  fileprivate func adding(_ other: Int?) -> Int? {
    guard let self, let other else { return nil }
    let (sum, overflow) = self.addingReportingOverflow(other)
    return overflow ? nil : sum
  }
}
