import SweepPlan

/// Events of a simulation, the earliest first; of equally early ones the one that was put in first.
struct EventQueue<Event> {
  private struct Entry {
    var time: Double
    var number: Int
    var event: Event

    func precedes(_ other: Entry) -> Bool { (time, number) < (other.time, other.number) }
  }

  /// A binary heap: none is earlier than the one at half its place.
  private var entries: [Entry] = []
  private var count = 0

  /// Puts in an event.
  mutating func insert(_ event: Event, at time: Double) {
    entries.append(Entry(time: time, number: count, event: event))
    count += 1
    var place = entries.count - 1
    while place > 0, entries[place].precedes(entries[(place - 1) / 2]) {
      entries.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// Takes out the earliest event; nil where there is none.
  mutating func popFirst() -> (time: Double, event: Event)? {
    guard let first = entries.first else { return nil }
    let last = entries.removeLast()
    if !entries.isEmpty {
      entries[0] = last
      sink()
    }
    return (first.time, first.event)
  }

  /// Moves the first entry down to its place.
  private mutating func sink() {
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < entries.count && entries[child].precedes(entries[least]) {
        least = child
      }
      if least == place { return }
      entries.swapAt(place, least)
      place = least
    }
  }
}
