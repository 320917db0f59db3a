/// A received message.
public struct Message: Sendable, Hashable {
  /// The rank that sent the message.
  public let source: Int

  /// The kind of message, chosen by the sender from ``Message/tags``.
  public let tag: Int

  /// The content, exactly as sent. May be empty.
  public let bytes: [UInt8]

  /// Creates a message.
  public init(source: Int, tag: Int, bytes: [UInt8]) {
    self.source = source
    self.tag = tag
    self.bytes = bytes
  }

  /// The tags that every MPI library accepts.
  public static let tags = 0...32_767

  /// The length of the longest message [bytes]: MPI counts in C's `int`.
  public static let longest = Int(Int32.max)
}

/// A first-in, first-out queue, for messages. Both operations take amortised constant time.
struct Queue<Element> {
  private var elements: [Element?] = []
  private var head = 0

  mutating func append(_ element: Element) {
    elements.append(element)
  }

  /// Removes and returns the oldest element, or returns nil if the queue is empty.
  mutating func popFirst() -> Element? {
    guard head < elements.count else { return nil }
    let first = elements[head].take()
    head += 1
    if head == elements.count {
      elements.removeAll(keepingCapacity: head <= 1024)
      head = 0
    } else if head > 1024, head > elements.count / 2 {
      elements.removeFirst(head)
      head = 0
    }
    return first
  }
}
