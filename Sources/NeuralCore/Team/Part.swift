/// One of several parts of about equal size.
struct Part {
  /// The most parts for which there is memory.
  static let most = WindowTeam.mostHelpers + 1

  /// Everything, as one part.
  static let all = Part(index: 0, count: 1)

  /// Its index.
  let index: Int
  /// The number of parts.
  let count: Int

  /// The elements of this part.
  ///
  /// - Parameter elements: Their total number.
  @inline(__always)
  func range(of elements: Int) -> Range<Int> {
    index &* elements / count..<(index &+ 1) &* elements / count
  }
}
