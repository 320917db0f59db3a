import Parameters

/// One factor of a block's product: a key with its values, or several keys that vary together.
struct GridAxis: Equatable {
  /// The keys that vary together, in the order of the table.
  var columns: [Column]

  /// How many combinations the axis has.
  var count: Int

  /// The values of one key along the axis.
  struct Column: Equatable {
    /// The place of the key in ``Parameter/all``.
    var parameter: Int

    /// The distinct values, ascending.
    var values: [ParameterValue]

    /// For each row the place of its value in ``values``; nil where both are the same.
    var rows: [Int32]?

    /// The place in ``values`` of the value of a row.
    func index(ofRow row: Int) -> Int { rows.map { Int($0[row]) } ?? row }

    /// The value of a row.
    subscript(row: Int) -> ParameterValue { values[index(ofRow: row)] }
  }

  /// An axis as it is known to be.
  init(columns: [Column], count: Int) {
    self.columns = columns
    self.count = count
  }

  /// An axis of one key. Equal values count once; the order in the file does not count.
  init(parameter: Int, values: [ParameterValue]) {
    let distinct = values.sortedDistinct()
    columns = [Column(parameter: parameter, values: distinct)]
    count = distinct.count
  }

  /// An axis of keys whose values, equally many for each, belong together row by row.
  ///
  /// Equal rows count once, and rows are sorted by the first key of the table.
  init(zipping lists: [(parameter: Int, values: [ParameterValue])]) {
    let lists = lists.sorted { $0.parameter < $1.parameter }
    let distinct = lists.map { $0.values.sortedDistinct() }
    // What each list's value is in its distinct values; rows of these sort like rows of values.
    let codes = zip(lists, distinct).map { list, distinct in
      let places = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
      return list.values.map { places[$0]! }
    }
    let rows = Set((lists.first?.values ?? []).indices.map { row in codes.map { $0[row] } })
      .sorted { $0.lexicographicallyPrecedes($1) }
    columns = lists.indices.map { list in
      Column(
        parameter: lists[list].parameter, values: distinct[list], rows: rows.map { $0[list] })
    }
    count = rows.count
  }
}

extension Array where Element: Comparable & Hashable {
  /// The distinct elements, ascending.
  ///
  /// - Complexity: O(elements) where they are ascending and distinct already, as ranges are.
  func sortedDistinct() -> [Element] {
    zip(self, dropFirst()).allSatisfy { $0 < $1 } ? self : Set(self).sorted()
  }

  /// The place of an element in a sorted array, nil if it is not there.
  func index(ofSorted element: Element) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < element { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == element ? low : nil
  }
}
