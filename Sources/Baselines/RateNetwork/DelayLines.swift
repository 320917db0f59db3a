/// The rates that some neurons had in the steps before, because the rate of each neuron reaches its
/// synapses some whole steps late.
///
/// The rate of the current step is not stored here. Without delays, nothing is stored, and rates
/// arrive as they are.
public struct DelayLines: Sendable {
  /// The delay of each neuron [steps]; empty without delays.
  public let delays: [Int]

  /// The number of steps that are stored.
  public let longest: Int

  /// The rates of the latest steps, shape `[longest, neuron]`.
  private var ring: [Double]
  /// The row of ``ring`` with the oldest step, which the next step replaces.
  private var oldest = 0

  /// Creates lines without delays.
  public init() {
    delays = []
    longest = 0
    ring = []
  }

  /// Creates lines of neurons that have always had the same rates.
  ///
  /// - Parameters:
  ///   - delays: The delay of each neuron [steps], from 0 to `longest`.
  ///   - longest: The number of steps to store, above 0.
  ///   - rates: The rates until now, shape `[neuron]`.
  public init(_ delays: [Int], longest: Int, before rates: [Double]) {
    precondition(longest > 0 && delays.allSatisfy((0...longest).contains))
    precondition(delays.count == rates.count)
    self.delays = delays
    self.longest = longest
    ring = (0..<longest).flatMap { _ in rates }
  }

  /// Whether there are no delays.
  public var isEmpty: Bool { ring.isEmpty }

  /// Whether all stored rates are finite.
  var isFinite: Bool { ring.isFinite }

  /// The stored rates, oldest step first, shape `[longest, neuron]`.
  var past: [Double] {
    get { Array(ring[(oldest * delays.count)...] + ring[..<(oldest * delays.count)]) }
    set {
      precondition(newValue.count == ring.count)
      ring = newValue
      oldest = 0
    }
  }

  /// The rates that reach the synapses in a step.
  ///
  /// - Parameter rates: The rates of this step, which are not stored yet; shape `[neuron]`.
  public func arriving(_ rates: [Double]) -> [Double] {
    if isEmpty { return rates }
    return rates.indices.map { neuron in
      let delay = delays[neuron]
      if delay == 0 { return rates[neuron] }
      let row = oldest < delay ? oldest - delay + longest : oldest - delay
      return ring[row * delays.count + neuron]
    }
  }

  /// Stores the rates of a step.
  public mutating func append(_ rates: [Double]) {
    if isEmpty { return }
    for neuron in rates.indices { ring[oldest * delays.count + neuron] = rates[neuron] }
    oldest = oldest + 1 == longest ? 0 : oldest + 1
  }

  /// Stores the rates of a step, and replaces them by those that arrive.
  mutating func pass(_ rates: inout [Double]) {
    if isEmpty { return }
    let arriving = arriving(rates)
    append(rates)
    rates = arriving
  }

  /// The same delays of neurons that have always had the rate 0.
  func cleared() -> DelayLines {
    var lines = self
    for index in ring.indices { lines.ring[index] = 0 }
    return lines
  }
}

extension DelayLines: Equatable {
  /// Compares the delays and what has been stored, wherever the ring begins.
  public static func == (left: DelayLines, right: DelayLines) -> Bool {
    left.delays == right.delays && left.past == right.past
  }
}
