import Dispatch
import Synchronization

/// What a closure makes of each number below `count`, in their order, computed over all cores.
func concurrentMap<Element: Sendable>(
  _ count: Int, _ body: @Sendable (Int) -> Element
) -> [Element] {
  let elements = Mutex([Element?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: count) { number in
    let element = body(number)
    elements.withLock { $0[number] = element }
  }
  return elements.withLock { $0.map { $0! } }
}
