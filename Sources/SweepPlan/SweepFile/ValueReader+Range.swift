import Parameters

extension ValueReader {
  /// Makes a range of numbers from a written one.
  ///
  /// - Throws: ``SweepFileError`` for ends that are not the parameter's values or in the wrong
  ///   order, and for a step, points or scale that make no range.
  mutating func range(
    _ written: WrittenSweepFile.Range, of parameter: Parameter, _ entry: WrittenSweepFile.Entry
  ) throws -> ValueRange {
    let key = parameter.key
    guard parameter.kind == .integer || parameter.kind == .real else {
      throw error(
        entry.mark,
        .notAllowed(key: key, found: "a range", allowed: parameter.allowedDescription))
    }
    let from = try value(written.from, of: parameter)
    let to = try value(written.to, of: parameter)
    guard let low = from.number, let high = to.number, from <= to else {
      throw error(
        entry.mark,
        .notAllowed(
          key: key, found: "a range from \(from) to \(to)", allowed: "a range from low to high"))
    }
    if let points = written.points {
      if let step = written.step {
        throw error(
          step.mark,
          .notAllowed(key: key, found: "both step and points", allowed: "one of them"))
      }
      return try self.points(points, from: low, to: high, written, key: key)
    }
    if let scale = written.scale {
      throw error(
        scale.mark,
        .notAllowed(key: key, found: "a scale without points", allowed: "a scale with points"))
    }
    return try steps(from: from, to: to, written, entry, isInteger: parameter.kind == .integer)
  }

  private func points(
    _ points: WrittenSweepFile.Scalar, from: Double, to: Double,
    _ written: WrittenSweepFile.Range, key: String
  ) throws -> ValueRange {
    guard points.isPlain, isDecimal(points.text),
      let count = Double(points.text).flatMap({ Int(exactly: $0) }), count >= 2
    else {
      throw error(
        points.mark,
        .notAllowed(
          key: "\(key): points", found: quoted(points.text), allowed: "an integer of at least 2"))
    }
    let scale = written.scale?.text ?? "linear"
    guard ["linear", "log"].contains(scale) else {
      throw error(
        written.scale?.mark ?? points.mark,
        .notAllowed(key: "\(key): scale", found: quoted(scale), allowed: "linear or log"))
    }
    guard scale == "linear" || from > 0 else {
      throw error(
        written.from.mark,
        .notAllowed(
          key: "\(key): from", found: quoted(written.from.text),
          allowed: "a number above 0 on a log scale"))
    }
    return .points(from: from, to: to, count: count, logarithmic: scale == "log")
  }

  private func steps(
    from: ParameterValue, to: ParameterValue, _ written: WrittenSweepFile.Range,
    _ entry: WrittenSweepFile.Entry, isInteger: Bool
  ) throws -> ValueRange {
    if let step = written.step {
      let size = step.isPlain && isDecimal(step.text) ? Double(step.text) ?? 0 : 0
      let whole = Int(exactly: size)
      guard size > 0, size.isFinite, !isInteger || whole != nil else {
        throw error(
          step.mark,
          .notAllowed(
            key: "\(entry.key): step", found: quoted(step.text),
            allowed: isInteger ? "an integer of at least 1" : "a number above 0"))
      }
      if case (.integer(let from), .integer(let to)) = (from, to), let whole {
        return .integers(from: from, to: to, step: whole)
      }
      guard let low = from.number, let high = to.number else {
        preconditionFailure("the ends of a range are numbers")
      }
      return .reals(from: low, to: high, step: size)
    }
    guard case (.integer(let from), .integer(let to)) = (from, to) else {
      throw error(
        entry.mark,
        .notAllowed(
          key: entry.key, found: "a range without step or points",
          allowed: "{from, to, step} or {from, to, points} for numbers that are not whole"))
    }
    return .integers(from: from, to: to, step: 1)
  }
}
