/// A message as it arrived: who sent it, what kind it is, and its content.
public struct Message: Sendable, Hashable {
  /// The rank that sent the message.
  public let source: Int

  /// The kind of message, chosen by the sender from ``Message/tags``.
  public let tag: Int

  /// The content, exactly as it was sent. May be empty.
  public let bytes: [UInt8]

  public init(source: Int, tag: Int, bytes: [UInt8]) {
    self.source = source
    self.tag = tag
    self.bytes = bytes
  }

  /// The tags that every MPI library accepts.
  public static let tags = 0...32_767

  /// The longest message [bytes]: MPI counts in C's `int`.
  public static let longest = Int(Int32.max)
}
