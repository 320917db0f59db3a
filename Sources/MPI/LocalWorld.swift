import Synchronization

/// What the ranks of one ``LocalCommunicator`` world share.
///
/// Locks are held for a few instructions only; whoever has to wait polls with a
/// ``Backoff``, as the ranks of an MPI job do.
final class LocalWorld: Sendable {
  let size: Int

  private let mailboxes: [Mailbox]
  private let meetings: Mutex<Meetings>

  init(size: Int) {
    self.size = size
    mailboxes = (0..<size).map { _ in Mailbox() }
    meetings = Mutex(Meetings(next: Array(repeating: 0, count: size)))
  }

  // MARK: Messages

  /// What has been sent to one rank and not been received yet.
  private final class Mailbox: Sendable {
    let messages = Mutex(Queue<Message>())
  }

  func deliver(_ message: Message, to rank: Int) {
    mailboxes[rank].messages.withLock { $0.append(message) }
  }

  func nextMessage(for rank: Int) -> Message? {
    mailboxes[rank].messages.withLock { $0.popFirst() }
  }

  // MARK: Collective operations

  /// One call of a collective operation, which all ranks come to.
  struct Meeting {
    enum Kind: Equatable {
      case barrier
      case broadcast(root: Int)
    }

    let kind: Kind
    var entered = 0
    var left = 0
    var bytes: [UInt8]?
  }

  private struct Meetings {
    /// The number of the next meeting of each rank: they count alike, since
    /// all ranks call the collective operations in the same order.
    var next: [Int]

    /// The meetings that some rank has entered and not all have left.
    var open: [Int: Meeting] = [:]
  }

  /// Enters the next meeting of a rank, with what it brings for the others.
  ///
  /// - Returns: The number of the meeting.
  func enter(_ kind: Meeting.Kind, rank: Int, bringing bytes: [UInt8]?) -> Int {
    meetings.withLock { meetings in
      let number = meetings.next[rank]
      meetings.next[rank] += 1
      var meeting = meetings.open[number] ?? Meeting(kind: kind)
      precondition(
        meeting.kind == kind,
        "rank \(rank) calls \(kind) where another rank calls \(meeting.kind)")
      meeting.entered += 1
      if let bytes { meeting.bytes = bytes }
      meetings.open[number] = meeting
      return number
    }
  }

  /// Waits until a meeting is ready and leaves it; the last rank closes it.
  ///
  /// - Returns: The meeting as it was when it became ready.
  func leave(_ number: Int, when isReady: @Sendable (Meeting) -> Bool) -> Meeting {
    var backoff = Backoff()
    while true {
      let ready: Meeting? = meetings.withLock { meetings in
        guard var meeting = meetings.open[number], isReady(meeting) else { return nil }
        meeting.left += 1
        meetings.open[number] = meeting.left == size ? nil : meeting
        return meeting
      }
      if let ready { return ready }
      backoff.pause()
    }
  }
}
