import Parameters
import YAML

extension ValueReader {
  private typealias Written = WrittenSweepFile

  /// The range of a parameter.
  ///
  /// - Throws: ``SweepFileError`` for ends that are not allowed or in the wrong order, and for a step,
  ///   points or a scale that are not allowed.
  mutating func range(
    _ written: WrittenSweepFile.Range, of parameter: Parameter, at mark: Mark
  ) throws -> ValueRange {
    let key = parameter.key
    guard parameter.kind == .integer || parameter.kind == .real else {
      throw error(mark, key, found: "a range", allowed: parameter.allowedDescription)
    }
    let from = try value(written.from, of: parameter)
    let to = try value(written.to, of: parameter)
    guard let low = from.number, let high = to.number, from <= to else {
      throw error(
        mark, key, found: "a range from \(from) to \(to)", allowed: "a range from low to high")
    }
    if let points = written.points {
      if let step = written.step {
        throw error(step.mark, key, found: "both step and points", allowed: "one of them")
      }
      return try self.points(points, from: low, to: high, written, key: key)
    }
    if let scale = written.scale {
      throw error(
        scale.mark, key, found: "a scale without points", allowed: "a scale with points")
    }
    if let step = written.step {
      let size = step.isPlain && isDecimal(step.text) ? Double(step.text) ?? 0 : 0
      let whole = Int(exactly: size)
      let isInteger = parameter.kind == .integer
      guard size > 0, size.isFinite, !isInteger || whole != nil else {
        throw error(
          step.mark, "\(key): step",
          found: step.found
            + rounding(of: step.text, to: step.isPlain && size.isFinite ? size : nil),
          allowed: isInteger ? "an integer from 1 to \(Int.max)" : "a finite number above 0")
      }
      if case (.integer(let from), .integer(let to)) = (from, to), let whole {
        return .integers(from: from, to: to, step: whole)
      }
      return .reals(from: low, to: high, step: size)
    }
    guard case (.integer(let from), .integer(let to)) = (from, to) else {
      throw error(
        mark, key, found: "a range without step or points",
        allowed: "{from, to, step} or {from, to, points} for numbers that are not whole")
    }
    return .integers(from: from, to: to, step: 1)
  }

  private func points(
    _ points: Written.Scalar, from: Double, to: Double, _ written: Written.Range, key: String
  ) throws -> ValueRange {
    guard points.isPlain, isDecimal(points.text),
      let count = Double(points.text).flatMap({ Int(exactly: $0) }), count >= 2
    else {
      throw error(
        points.mark, "\(key): points", found: points.found,
        allowed: "an integer from 2 to \(Self.limit)")
    }
    let scale = written.scale?.text ?? "linear"
    guard ["linear", "log"].contains(scale) else {
      throw error(written.scale ?? points, "\(key): scale", allowed: "linear or log")
    }
    guard scale == "linear" || from > 0 else {
      throw error(written.from, "\(key): from", allowed: "a number above 0 on a log scale")
    }
    return .points(from: from, to: to, count: count, logarithmic: scale == "log")
  }
}
