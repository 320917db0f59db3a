/// The analysis of variance of a score on a complete grid, with replicates as a random effect.
///
/// The total sum of squares is the sum over all sources.
///
/// - SeeAlso: docs/scores.md, *Importance*.
public struct VarianceShares: Equatable, Sendable {
  /// What a part of the variance is due to.
  public enum Source: Hashable, Sendable {
    /// One axis.
    case axis(Int)
    /// The interaction of two axes.
    case pair(Int, Int)
    /// All other interactions of axes.
    case interactions
    case blocks
    /// Replicates within conditions, and what blocks and conditions do together.
    case replicates
  }

  /// One source.
  public struct Part: Equatable, Sendable {
    public let source: Source
    /// Its share of the total sum of squares.
    public let share: Double
    /// The same without the bias of small samples, which may be below 0; nil without replicates.
    ///
    /// With the mean square m within conditions and d degrees of freedom of the source, this is
    /// (S - d m) / (total + m).
    public let omegaSquared: Double?
  }

  /// The sources with degrees of freedom, in the order of ``Source``.
  public let parts: [Part]

  /// Analyses a grid.
  ///
  /// - Parameters:
  ///   - values: The scores, shape `[axes…, block, replicate]`, the last varying fastest.
  ///   - shape: The numbers of levels of the axes, then of blocks and of replicates.
  /// - Returns: nil if all values are equal but for rounding.
  public init?(_ values: [Double], shape: [Int]) {
    precondition(values.count == shape.reduce(1, *) && shape.count >= 2)
    let axes = shape.count - 2
    let grand = values.reduce(0, +) / Double(values.count)
    /// The sum of squares of the means over all other dimensions.
    func squares(_ dimensions: [Int]) -> Double {
      let cells = dimensions.reduce(1) { $0 * shape[$1] }
      var sums = [Double](repeating: 0, count: cells)
      for (index, value) in values.enumerated() {
        var (rest, places) = (index, [Int](repeating: 0, count: shape.count))
        for dimension in shape.indices.reversed() {
          places[dimension] = rest % shape[dimension]
          rest /= shape[dimension]
        }
        sums[dimensions.reduce(0) { $0 * shape[$1] + places[$1] }] += value - grand
      }
      return sums.reduce(0) { $0 + $1 * $1 } * Double(cells) / Double(values.count)
    }
    let total = values.reduce(0) { $0 + ($1 - grand) * ($1 - grand) }
    // Differences of rounding have no source.
    let largest = values.reduce(0) { max($0, abs($1)) }
    guard values.contains(where: { abs($0 - values[0]) > 1e-12 * largest }) else { return nil }

    var sources: [(source: Source, squares: Double, freedom: Int)] = []
    let main = (0..<axes).map { squares([$0]) }
    for axis in 0..<axes { sources.append((.axis(axis), main[axis], shape[axis] - 1)) }
    for first in 0..<axes {
      for second in first + 1..<axes {
        let both = squares([first, second]) - main[first] - main[second]
        sources.append((.pair(first, second), both, (shape[first] - 1) * (shape[second] - 1)))
      }
    }
    let conditions = squares(Array(0..<axes))
    let conditionFreedom = shape[..<axes].reduce(1, *) - 1
    sources.append(
      (
        .interactions, sources.reduce(conditions) { $0 - $1.squares },
        sources.reduce(conditionFreedom) { $0 - $1.freedom }
      ))
    sources.append((.blocks, squares([axes]), shape[axes] - 1))
    let explained = conditions + sources.last!.squares
    let freedom = values.count - 1 - conditionFreedom - sources.last!.freedom
    let within = max(0, total - explained)
    let meanSquare = freedom > 0 ? within / Double(freedom) : nil
    // Rounding must not make a share negative.
    let known = sources.filter { $0.freedom > 0 }.map { source, squares, freedom in
      let squares = max(0, squares)
      return Part(
        source: source, share: squares / total,
        omegaSquared: meanSquare.map { (squares - Double(freedom) * $0) / (total + $0) })
    }
    parts =
      known + [
        Part(
          source: .replicates, share: within / total,
          omegaSquared: meanSquare == nil ? nil : known.reduce(1) { $0 - $1.omegaSquared! })
      ]
  }
}
