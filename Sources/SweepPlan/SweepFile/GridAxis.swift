import Parameters

/// One factor of a block's product: a key with its values, or several keys that vary together.
struct GridAxis {
  /// The keys that vary together, in the order of the table.
  var columns: [Column]

  /// The number of rows.
  var count: Int

  /// The values of one key along the axis.
  struct Column {
    /// The index of the key in ``Parameter/all``.
    var parameter: Int

    /// The distinct values, ascending.
    var values: [ParameterValue]

    /// The index in ``values`` of each row's value; nil if it is the row.
    var rows: [Int32]?

    /// The index in ``values`` of a row's value.
    func index(ofRow row: Int) -> Int { rows.map { Int($0[row]) } ?? row }

    subscript(row: Int) -> ParameterValue { values[index(ofRow: row)] }

    /// Whether the value of a row is one of some, given by their indices in ``values``.
    func isAny(of values: Set<Int>, _ row: Int) -> Bool { values.contains(index(ofRow: row)) }
  }
}

extension GridAxis {
  /// Creates an axis of one key. Equal values count once, and their order does not matter.
  init(parameter: Int, values: [ParameterValue]) {
    let distinct = values.sortedDistinct()
    self.init(columns: [Column(parameter: parameter, values: distinct)], count: distinct.count)
  }

  /// Creates an axis of keys that vary together, each with the same number of values.
  ///
  /// Equal rows count once, and rows are sorted by the first key of the table.
  init(zipping lists: [(parameter: Int, values: [ParameterValue])]) {
    let lists = lists.sorted { $0.parameter < $1.parameter }
    let distinct = lists.map { $0.values.sortedDistinct() }
    // Rows of indices sort like rows of values.
    let codes = zip(lists, distinct).map { list, distinct in
      let indices = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
      return list.values.map { indices[$0]! }
    }
    let rows = Set((lists.first?.values ?? []).indices.map { row in codes.map { $0[row] } })
      .sorted { $0.lexicographicallyPrecedes($1) }
    self.init(
      columns: lists.indices.map { list in
        Column(
          parameter: lists[list].parameter, values: distinct[list], rows: rows.map { $0[list] })
      }, count: rows.count)
  }
}

extension Array where Element: Comparable & Hashable {
  /// The distinct elements, ascending.
  ///
  /// - Complexity: O(elements) if they are ascending and distinct already, as ranges are.
  func sortedDistinct() -> [Element] {
    zip(self, dropFirst()).allSatisfy { $0 < $1 } ? self : Set(self).sorted()
  }

  /// The index of the last element that is at most `bound`, in an ascending array; -1 if there is
  /// none.
  func lastIndex(atMost bound: Element) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] <= bound { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }

  /// The index of an element in an ascending array; nil if it is missing.
  func index(ofSorted element: Element) -> Int? {
    let index = lastIndex(atMost: element)
    return index >= 0 && self[index] == element ? index : nil
  }
}
