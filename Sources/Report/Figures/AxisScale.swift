import Glibc
import Parameters
import SweepPlan

/// The positions of the values of a swept key along an axis of a figure.
struct AxisScale {
  private let axis: PlanAxis
  private var values: [ParameterValue] { axis.values }
  /// Whether the values are numbers; other values are spaced equally.
  let isNumeric: Bool
  /// Whether the numbers span so much that the axis is logarithmic.
  private let isLogarithmic: Bool

  init(_ axis: PlanAxis) {
    self.axis = axis
    let numbers = axis.values.compactMap(\.number)
    isNumeric = numbers.count == axis.values.count
    isLogarithmic =
      isNumeric && numbers.count > 2 && numbers[0] > 0
      && numbers[numbers.count - 1] >= 30 * numbers[0]
  }

  /// The position of a value. Each series is shifted a little, so that intervals do not overlap.
  func position(_ value: ParameterValue, series: Int, of count: Int) -> Double {
    let shift = (Double(series) - Double(count - 1) / 2) * (isNumeric ? 0.012 : 0.09)
    guard isNumeric, let number = value.number else {
      return Double(values.firstIndex(of: value)!) + shift
    }
    let (low, high) = (scaled(values[0].number!), scaled(values[values.count - 1].number!))
    let moved = scaled(number) + shift * (high - low)
    return isLogarithmic ? exp(moved) : moved
  }

  private func scaled(_ number: Double) -> Double { isLogarithmic ? log(number) : number }

  /// The commands that set up the axis of a panel of a width.
  func commands(labelled: Bool, width: Int) -> [String] {
    let numbers =
      isNumeric ? values.map { scaled($0.number!) } : values.indices.map(Double.init)
    let (low, high) = (numbers[0], numbers[numbers.count - 1])
    let room = isNumeric ? max(high - low, 1e-9) * 0.06 : 0.6
    let range = isLogarithmic ? [exp(low - room), exp(high + room)] : [low - room, high + room]
    let tics = ticIndices(numbers, perUnit: Double(width) / (high - low + 2 * room)).map { index in
      let label = labelled ? FigureWords.short(values[index]) : ""
      let place = isNumeric ? values[index].number! : Double(index)
      return "\(GnuplotText.quoted(label)) \(GnuplotText.number(place))"
    }
    return [
      isLogarithmic ? "set logscale x" : "unset logscale x",
      GnuplotText.range("x", range[0], range[1]),
      "set xtics \(isTilted ? "rotate by 30 right" : "norotate autojustify") "
        + "(\(tics.joined(separator: ", ")))",
      labelled
        ? "set xlabel \(GnuplotText.quoted(FigureWords.label(axis))) offset 0,0.4"
        : "unset xlabel",
    ]
  }

  /// The values whose labels do not overlap.
  private func ticIndices(_ numbers: [Double], perUnit: Double) -> [Int] {
    guard isNumeric else { return Array(values.indices) }
    var kept: [Int] = []
    func halfWidth(_ index: Int) -> Double {
      Double(FigureWords.short(values[index]).count) * FigureLegend.letter / 2 + 2
    }
    for index in numbers.indices {
      if let last = kept.last,
        (numbers[index] - numbers[last]) * perUnit < halfWidth(index) + halfWidth(last)
      {
        continue
      }
      kept.append(index)
    }
    return kept
  }

  /// Width of the longest label [1/96 inch].
  private var longest: Double {
    Double(values.map { FigureWords.short($0).count }.max() ?? 0) * FigureLegend.letter
  }

  /// Whether labels are too long to be horizontal.
  private var isTilted: Bool { !isNumeric && longest > 250 / Double(values.count) }

  /// Room below the panels for labels and title of the axis [1/96 inch].
  var bottom: Int { isTilted ? 40 + Int(longest / 2) : 40 }
}

/// Distances between tics that are easy to read.
enum TicStep {
  /// A step of 1, 2 or 5 times a power of ten that gives at most about `count` tics from 0 on.
  static func linear(to end: Double, count: Int) -> Double {
    guard end > 0, end.isFinite else { return 1 }
    let power = pow(10, (log10(end / Double(count))).rounded(.down))
    let step = [1.0, 2, 5, 10].first { $0 * power * Double(count) >= end * 0.999 } ?? 10
    return step * power
  }

  /// The largest tic of 1, 2 or 5 times a power of ten on an axis that ends at a positive number.
  static func within(_ end: Double) -> Double {
    let power = pow(10, log10(end).rounded(.down))
    return ([5, 2, 1].first { $0 * power <= end } ?? 1) * power
  }

  /// Values of 1, 2 or 5 times a power of ten within a range, or only powers of ten over many decades.
  static func logarithmic(_ range: ClosedRange<Double>) -> [Double] {
    let powers =
      Int(log10(range.lowerBound).rounded(.down))...Int(log10(range.upperBound).rounded(.up))
    let decades = log10(range.upperBound / range.lowerBound)
    let factors: [Double] = decades > 3 ? [1] : decades > 1.5 ? [1, 3] : [1, 2, 5]
    return powers.flatMap { power in factors.map { $0 * pow(10, Double(power)) } }
      .filter(range.contains)
  }
}
