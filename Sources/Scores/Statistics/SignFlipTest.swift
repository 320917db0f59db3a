import NeuralCore

/// The two-sided test of whether independent differences have the mean zero.
///
/// If the sign of each difference is arbitrary, every choice of signs is as likely as the observed one.
/// The result is the fraction of choices whose mean is at least as far from zero.
///
/// - SeeAlso: Fisher (1935), The Design of Experiments, 21; Horowitz and Sahni (1974), for sums of two
///   halves.
public enum SignFlipTest {
  /// The most differences of which all choices are counted.
  public static let mostExact = 30

  /// The number of random choices for more differences.
  public static let choices = 20_000

  /// The p value; nil without differences.
  ///
  /// - Complexity: O(2^(n/2)) for at most ``mostExact`` differences, else O(n).
  public static func p(_ differences: [Double]) -> Double? {
    guard !differences.isEmpty else { return nil }
    let all = differences.reduce(0) { $0 + abs($1) }
    // Equal means may differ in rounding.
    let observed = abs(differences.reduce(0, +)) - 1e-9 * all
    if differences.count > mostExact {
      var random = RandomStream(seed: 0, purpose: .bootstrap, index: 1)
      let extreme = (0..<choices).count { _ in
        var (sum, signs) = (0.0, UInt64(0))
        for (index, difference) in differences.enumerated() {
          if index % 64 == 0 { signs = random.bits() }
          sum += signs & 1 == 0 ? difference : -difference
          signs >>= 1
        }
        return abs(sum) >= observed
      }
      return Double(extreme + 1) / Double(choices + 1)
    }
    guard observed > 0 else { return 1 }
    // Every sum is one of the first half plus one of the second. The larger the one, the smaller may be
    // the other. The opposite choice is as far from zero, so sums above count twice.
    let first = sums(differences.prefix(differences.count / 2))
    let second = sums(differences.dropFirst(differences.count / 2))
    var extreme = 0
    var reaching = 0  // how many of the second half reach far enough together with one of the first
    for sum in first {
      while reaching < second.count, sum + second[second.count - 1 - reaching] >= observed {
        reaching += 1
      }
      extreme += reaching
    }
    return 2 * Double(extreme) / Double(first.count * second.count)
  }

  /// The sums of some numbers for all choices of their signs, ascending.
  private static func sums(_ numbers: ArraySlice<Double>) -> [Double] {
    numbers.reduce([0]) { sums, number in
      // Two ascending runs, which the standard library's sort merges in linear time.
      (sums.map { $0 - abs(number) } + sums.map { $0 + abs(number) }).sorted()
    }
  }
}

/// Holm's correction of p values for their number: the probability that any of the tests with a value
/// this small is a chance finding stays below it.
///
/// - SeeAlso: Holm (1979), A simple sequentially rejective multiple test procedure.
public enum Holm {
  /// The adjusted value of each p value; a missing one stays missing and does not count.
  public static func adjusted(_ values: [Double?]) -> [Double?] {
    let order = values.indices.filter { values[$0] != nil }
      .sorted { (values[$0]!, $0) < (values[$1]!, $1) }
    var adjusted = [Double?](repeating: nil, count: values.count)
    var largest = 0.0
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, Double(order.count - rank) * values[index]!))
      adjusted[index] = largest
    }
    return adjusted
  }
}
