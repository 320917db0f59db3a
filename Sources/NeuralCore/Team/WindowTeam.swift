import CVectors
import Glibc
import Synchronization

/// Work that the threads of a ``WindowTeam`` share.
protocol TeamWork: AnyObject {
  /// Does one piece of a job. Different members do different pieces at the same time.
  func work(on piece: Int, by member: Int)
}

/// The thread that computes a trial, its *owner*, and other threads that help it.
///
/// The owner cuts a job into pieces and deals them to the members of the team. A member does its own
/// pieces and then those that others have not begun. The owner goes on when all are done. So a
/// helper may come and go at any time, and one that the system does not run delays the owner only
/// if it holds a piece. A member gets the same pieces in each window, whose weights its cache then
/// holds. Which thread does a piece does not change its result.
///
/// A thread that finds nothing to do spins for some microseconds, which is longer than most pauses
/// between two jobs, and then sleeps.
///
/// All atomic operations of the helping are here.
public final class WindowTeam: @unchecked Sendable {
  /// The pieces of a member in one word, from its lowest bits: the number that have been taken,
  /// their total number, the index of the first, and the number of the job.
  private struct Ticket {
    var word: UInt64

    init(_ word: UInt64) { self.word = word }

    init(_ pieces: Range<Int>, ofJob job: UInt16) {
      word =
        UInt64(job) << 48 | UInt64(pieces.lowerBound) << 32 | UInt64(pieces.count) << 16
    }

    var job: UInt64 { word >> 48 }

    /// The piece that is taken next; nil if all have been taken.
    var piece: Int? {
      let (taken, count) = (word & 0xFFFF, word >> 16 & 0xFFFF)
      return taken < count ? Int(word >> 32 & 0xFFFF + taken) : nil
    }
  }

  /// The most helpers.
  package static let mostHelpers = 63
  /// How long a thread looks for work before it sleeps: about as long as it takes to wake a thread.
  private static let longestSpin = Duration.microseconds(100)
  /// The longest sleep of a helper, after which it looks whether it is still wanted.
  private static let longestSleep = Duration.milliseconds(200)
  /// How many pieces a helper does before it adds its time.
  private static let piecesPerTime = 256

  /// Words that threads share, one in each pair of cache lines, which some processors fetch together:
  /// the ticket of each member, the owner's first, and then the number of pieces that helpers have
  /// done in all jobs.
  private let words: UnsafeMutablePointer<Atomic<UInt64>>
  private static let wordsPerLine = 16
  private static let done = (mostHelpers + 1) * wordsPerLine

  /// A bit for each place of a helper, set while it is taken.
  private let taken = Atomic<UInt64>(0)
  private let places = Atomic(0)
  private let helpersNanoseconds = Atomic(0)
  /// The helpers that sleep, and their number.
  private let sleeping = Mutex<[WakeableSleep]>([])
  private let sleepingCount = Atomic(0)
  private let ownerSleep = WakeableSleep()
  private let isOwnerAsleep = Atomic(false)

  // Of the owner: the pieces that helpers have done in all earlier jobs, and whether helpers are useful.
  private var done: UInt64 = 0
  var gain = HelpingGain()
  /// Whether ``HelpingGain`` decides if small networks are helped; otherwise all are. Set before the
  /// first cycle.
  package var isTested = true

  // Written by the owner while no piece can be taken, and read by threads that have taken one.
  private var jobNumber: UInt16 = 0
  private unowned(unsafe) var worker: (any TeamWork)?

  /// Creates a team without helpers.
  public init() {
    let count = (Self.mostHelpers + 2) * Self.wordsPerLine
    words = .allocate(capacity: count)
    for index in 0..<count { (words + index).initialize(to: Atomic(0)) }
  }

  deinit {
    words.deinitialize(count: (Self.mostHelpers + 2) * Self.wordsPerLine)
    words.deallocate()
  }

  /// Helpers for which there is room; 0 while the owner has no work to share.
  public var room: Int {
    get { places.load(ordering: .relaxed) }
    set { places.store(newValue, ordering: .relaxed) }
  }

  /// The number of threads that help.
  public var helpers: Int { taken.load(ordering: .relaxed).nonzeroBitCount }

  /// The processor time of all helpers until now [s].
  public var helpersSeconds: Double {
    1e-9 * Double(helpersNanoseconds.load(ordering: .relaxed))
  }

  // MARK: The owner

  /// Does all pieces of a job together with the helpers.
  ///
  /// - Parameters:
  ///   - each: The number of pieces for each member.
  ///   - begin: Receives the total number of pieces before the first one is done.
  func perform(
    each: Int, _ worker: any TeamWork, begin: (_ pieces: Int) -> Void = { _ in }
  ) {
    let members = taken.load(ordering: .relaxed)
    let pieces = each * (1 + members.nonzeroBitCount)
    begin(pieces)
    self.worker = worker
    jobNumber &+= 1
    // The helpers begin first.
    var (first, rest) = (each, members)
    while rest != 0 {
      let member = 1 + rest.trailingZeroBitCount
      words[member &* Self.wordsPerLine].store(
        Ticket(first..<first + each, ofJob: jobNumber).word, ordering: .sequentiallyConsistent)
      first += each
      rest &= rest - 1
    }
    words[0].store(
      Ticket(0..<each, ofJob: jobNumber).word, ordering: .sequentiallyConsistent)
    if sleepingCount.load(ordering: .sequentiallyConsistent) > 0 { wakeHelpers() }
    var others = UInt64(pieces)
    while let piece = takeOwnPiece(0) {
      worker.work(on: piece, by: 0)
      others -= 1
    }
    func isDone() -> Bool {
      words[Self.done].load(ordering: .sequentiallyConsistent) >= done + others
    }
    while !isDone(), let piece = takePieceOfOthers(0, members) {
      worker.work(on: piece, by: 0)
      others -= 1
    }
    var spin = Spin(for: Self.longestSpin)
    while !isDone() {
      if !spin.once() {
        isOwnerAsleep.store(true, ordering: .sequentiallyConsistent)
        if !isDone() { ownerSleep.sleep() }
        isOwnerAsleep.store(false, ordering: .relaxed)
      }
    }
    done += others
  }

  private func wakeHelpers() {
    let woken = sleeping.withLock { sleeping in
      defer { sleeping.removeAll(keepingCapacity: true) }
      sleepingCount.store(0, ordering: .relaxed)
      return sleeping
    }
    for sleep in woken { sleep.wake() }
  }

  /// The next of the own pieces of a member; nil if all have been taken.
  private func takeOwnPiece(_ member: Int) -> Int? {
    ticket(member).piece == nil ? nil : takePiece(of: member)
  }

  /// A piece of the same job that another member has not begun; nil if there is none, and then there
  /// is none until the next job.
  ///
  /// - Parameter helpers: The helpers of the job, a bit for each.
  private func takePieceOfOthers(_ member: Int, _ helpers: UInt64) -> Int? {
    let job = ticket(member).job
    var others = (helpers << 1 | 1) & ~(1 << UInt64(member))
    while others != 0 {
      let other = others.trailingZeroBitCount
      // Of a later job, this member has pieces of its own.
      let ticket = ticket(other)
      if ticket.job == job, ticket.piece != nil, let piece = takePiece(of: other) { return piece }
      others &= others - 1
    }
    return nil
  }

  private func ticket(_ member: Int) -> Ticket {
    Ticket(words[member &* Self.wordsPerLine].load(ordering: .relaxed))
  }

  /// Takes a piece of a member, after a look has shown one: a look costs less, because it does not
  /// take the word from other threads. The piece may be one of a later job.
  private func takePiece(of member: Int) -> Int? {
    Ticket(words[member &* Self.wordsPerLine].add(1, ordering: .acquiring).oldValue).piece
  }

  // MARK: A helper

  /// Helps the owner with its jobs until the thread is wanted elsewhere; does nothing if the team
  /// is full.
  ///
  /// - Parameters:
  ///   - sleep: The sleep of this thread. Whoever wants the thread elsewhere wakes it.
  ///   - isWanted: Whether the thread should go on. Called between pieces.
  package func help(_ sleep: WakeableSleep, while isWanted: () -> Bool) {
    guard let member = join() else { return }
    var start = Self.threadNanoseconds
    func addTime() {
      let now = Self.threadNanoseconds
      helpersNanoseconds.add(now - start, ordering: .relaxed)
      start = now
    }
    defer {
      addTime()
      taken.bitwiseXor(1 << UInt64(member - 1), ordering: .releasing)
    }
    var spin = Spin(for: Self.longestSpin)
    var pieces = 0
    // The job in which others have no piece left. To look at their tickets delays them.
    var finishedJob: UInt64?
    func takePiece() -> Int? {
      let job = ticket(member).job
      if let own = takeOwnPiece(member) { return own }
      guard job != finishedJob else { return nil }
      let piece = takePieceOfOthers(member, taken.load(ordering: .relaxed))
      if piece == nil { finishedJob = job }
      return piece
    }
    while isWanted() {
      if let piece = takePiece() {
        worker.unsafelyUnwrapped.work(on: piece, by: member)
        words[Self.done].add(1, ordering: .sequentiallyConsistent)
        if isOwnerAsleep.load(ordering: .sequentiallyConsistent) { ownerSleep.wake() }
        spin.restart()
        pieces += 1
        if pieces % Self.piecesPerTime == 0 { addTime() }
      } else if !spin.once() {
        addTime()
        rest(member, sleep, while: isWanted)
        spin.restart()
      }
    }
  }

  /// Takes a place in the team; nil if there is none.
  private func join() -> Int? {
    var before = taken.load(ordering: .relaxed)
    while true {
      let place = (~before).trailingZeroBitCount
      guard place < Self.mostHelpers else { return nil }
      let (exchanged, now) = taken.compareExchange(
        expected: before, desired: before | 1 << UInt64(place), ordering: .acquiring)
      if exchanged { return place + 1 }
      before = now
    }
  }

  /// Sleeps until there is work, or for some time.
  private func rest(_ member: Int, _ sleep: WakeableSleep, while isWanted: () -> Bool) {
    sleeping.withLock { sleeping in
      sleeping.append(sleep)
      sleepingCount.store(sleeping.count, ordering: .sequentiallyConsistent)
    }
    if Ticket(words[member &* Self.wordsPerLine].load(ordering: .sequentiallyConsistent)).piece
      == nil, isWanted()
    {
      sleep.sleep(for: Self.longestSleep)
    }
    sleeping.withLock { sleeping in
      sleeping.removeAll { $0 === sleep }
      sleepingCount.store(sleeping.count, ordering: .relaxed)
    }
  }

  /// The processor time of the calling thread [ns].
  private static var threadNanoseconds: Int { nanoseconds(of: CLOCK_THREAD_CPUTIME_ID) }
}

/// The time of a clock [ns].
private func nanoseconds(of clock: clockid_t) -> Int {
  var time = timespec()
  clock_gettime(clock, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// A thread that waits for another one without sleeping, for a limited time.
private struct Spin {
  /// How often it waits before it looks at the clock, which takes about as long.
  private static let spinsPerLook = 16

  private let longest: Int
  private var spins = 0
  private var end = 0

  init(for longest: Duration) { self.longest = Int(longest / .nanoseconds(1)) }

  /// Waits for a moment; false if the time is over.
  mutating func once() -> Bool {
    elise_spin()
    spins += 1
    guard spins % Self.spinsPerLook == 0 else { return true }
    let now = nanoseconds(of: CLOCK_MONOTONIC)
    if end == 0 { end = now + longest }
    return now < end
  }

  /// Begins a new wait.
  mutating func restart() { (spins, end) = (0, 0) }
}
