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
