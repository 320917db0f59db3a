import NeuralCore
import Synchronization

/// Which values of a sample each bootstrap resample takes: the same for all samples of a size, so
/// that it is drawn once for the thousands of scores of a sweep.
final class Resamples: Sendable {
  private let count: Int
  /// Places in the sample, a row per resample.
  private let places: [Int32]

  private static let known = Mutex<[Int: Resamples]>([:])
  /// How many draws are kept in memory at most for one size.
  private static let maximumKept = 4_000_000

  private init(_ count: Int) {
    var random = RandomStream(seed: 0, purpose: .bootstrap)
    self.count = count
    places = (0..<count * Summary.resamples).map { _ in Int32(random.integer(below: count)) }
  }

  /// The resamples of samples of a size.
  static func of(_ count: Int) -> Resamples {
    if let found = known.withLock({ $0[count] }) { return found }
    let resamples = Resamples(count)
    if resamples.places.count <= maximumKept { known.withLock { $0[count] = resamples } }
    return resamples
  }

  /// The mean of each resample.
  func means(of values: [Double]) -> [Double] {
    precondition(values.count == count)
    return places.withUnsafeBufferPointer { places in
      values.withUnsafeBufferPointer { values in
        (0..<Summary.resamples).map { row in
          var sum = 0.0
          for place in row * count..<(row + 1) * count { sum += values[Int(places[place])] }
          return sum / Double(count)
        }
      }
    }
  }
}
