/// A perturbation of the visible somata during one replay cycle.
///
/// - SeeAlso: Kriener et al. (2024), robustness to disturbances; the disruption files of the
///   authors' code.
public struct Disruption: Equatable, Sendable {
  /// The replay cycle of the disruption, as in the authors' code.
  public static let replayCycle = 4

  /// A span of steps in which some neurons are held.
  public struct Span: Equatable, Sendable {
    /// The steps of the cycle in which they are held.
    public var steps: Range<Int>
    /// The visible neurons.
    public var neurons: Range<Int>
    /// The potential at which they are held, relative to the leak potential [mV].
    public var offset: Double
    /// The line of the file; nil if the span is not from a file.
    public var line: Int?

    /// Creates a span.
    public init(steps: Range<Int>, neurons: Range<Int>, offset: Double, line: Int? = nil) {
      self.steps = steps
      self.neurons = neurons
      self.offset = offset
      self.line = line
    }
  }

  /// The spans; if two overlap, the later one takes precedence.
  public var spans: [Span]

  /// Creates a disruption.
  public init(spans: [Span]) {
    self.spans = spans
  }

  /// The one text of the disruption: all texts that are read alike have this one in common.
  public var text: String {
    spans.map { span in
      let offset = "\(span.offset)"
      return "t_start: \(span.steps.lowerBound) t_end: \(span.steps.upperBound) "
        + "nrn_start: \(span.neurons.lowerBound) nrn_end: \(span.neurons.upperBound) "
        + "offset_el: \(offset.hasSuffix(".0") ? String(offset.dropLast(2)) : offset)\n"
    }.joined()
  }

  /// The held somata of a network with this target.
  ///
  /// - Throws: ``DisruptionError/outOfRange(line:key:found:allowed:)`` for a span beyond the end of
  ///   the cycle or the last visible neuron.
  public func holds(
    in target: Target, constants: ModelConstants
  ) throws(DisruptionError) -> [SomaticHold] {
    var holds: [SomaticHold] = []
    for (index, span) in spans.enumerated() {
      let line = span.line ?? index + 1
      guard span.steps.upperBound <= target.steps else {
        throw .outOfRange(
          line: line, key: "t_end", found: "\(span.steps.upperBound)",
          allowed: "at most \(target.steps), the steps of a cycle")
      }
      guard span.neurons.upperBound <= target.visible else {
        throw .outOfRange(
          line: line, key: "nrn_end", found: "\(span.neurons.upperBound)",
          allowed: "at most \(target.visible), the visible neurons")
      }
      holds.append(
        SomaticHold(
          steps: span.steps, neurons: Array(span.neurons),
          potential: constants.leakPotential + span.offset))
    }
    return holds
  }
}

/// An error in a disruption file, with its line.
public enum DisruptionError: Error, Equatable {
  /// The file has no span.
  case empty

  /// A line does not consist of the five keys with one value each.
  case badLine(line: Int, found: String)

  /// A value is not a number or not allowed.
  case outOfRange(line: Int, key: String, found: String, allowed: String)
}

extension DisruptionError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty:
      "got no span; expected a line like \"\(Disruption.example)\""
    case .badLine(let line, let found):
      "line \(line): got \"\(found)\"; expected a line like \"\(Disruption.example)\""
    case .outOfRange(let line, let key, let found, let allowed):
      "line \(line): \(key): got \(found); expected \(allowed)"
    }
  }
}

extension Disruption {
  fileprivate static let example = "t_start: 900 t_end: 1500 nrn_start: 0 nrn_end: 13 offset_el: 15"

  /// Reads the text format of the paper's authors: one line per span with its first step and the
  /// step after its last, its first neuron and the neuron after its last, and the offset from the
  /// leak potential [mV].
  ///
  /// - Throws: ``DisruptionError`` with the line.
  public init(parsing text: String) throws(DisruptionError) {
    var spans: [Span] = []
    for line in TextLines(text) {
      let words = line.words(atMost: 10)
      if words.isEmpty { continue }
      spans.append(try Self.span(words, line: line.number))
    }
    guard !spans.isEmpty else { throw .empty }
    self.init(spans: spans)
  }

  /// The largest step or neuron in a file, far above that of any network.
  private static let largestCount = Network.maximalDelay * 1000

  private static func span(_ words: [Substring], line: Int) throws(DisruptionError) -> Span {
    let keys = ["t_start", "t_end", "nrn_start", "nrn_end", "offset_el"]
    guard words.count == 2 * keys.count,
      keys.indices.allSatisfy({ words[2 * $0] == keys[$0] + ":" })
    else {
      throw .badLine(line: line, found: String(words.joined(separator: " ").prefix(80)))
    }
    func count(_ index: Int, in allowed: ClosedRange<Int>) throws(DisruptionError) -> Int {
      let word = words[2 * index + 1]
      guard let value = Int(word), allowed.contains(value) else {
        throw .outOfRange(
          line: line, key: keys[index], found: String(word.prefix(20)),
          allowed: "a whole number from \(allowed.lowerBound) to \(allowed.upperBound)")
      }
      return value
    }
    let start = try count(0, in: 0...largestCount - 1)
    let end = try count(1, in: start + 1...largestCount)
    let first = try count(2, in: 0...largestCount - 1)
    let last = try count(3, in: first + 1...largestCount)
    guard let offset = Double(words[9]), offset.isFinite, abs(offset) <= 1000 else {
      throw .outOfRange(
        line: line, key: keys[4], found: String(words[9].prefix(20)),
        allowed: "a number of mV from -1000 to 1000")
    }
    return Span(steps: start..<end, neurons: first..<last, offset: offset, line: line)
  }
}
