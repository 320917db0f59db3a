/// How the values of a variable lie in the file.
public struct NetCDFStorage: Equatable, Sendable {
  /// Shape of the blocks that are stored, and compressed, as one; nil leaves it to the library.
  public var chunks: [Int]?

  /// Level of compression, 1 (fast) to 9 (small); nil for none.
  public var deflate: Int?

  /// Whether every block carries a checksum that is tested when it is read.
  public var checksum: Bool

  /// Whether the file has values where none are written; without them a variable that is written
  /// piece by piece is written once.
  public var isFilled: Bool

  /// Creates a description of storage; without arguments, values lie one after another.
  public init(
    chunks: [Int]? = nil, deflate: Int? = nil, checksum: Bool = false, isFilled: Bool = true
  ) {
    self.chunks = chunks
    self.deflate = deflate
    self.checksum = checksum
    self.isFilled = isFilled
  }
}
