extension ParameterSet {
  /// The set as one line of JSON: every key, in alphabetical order, with its value.
  public var canonicalText: String {
    String(decoding: Canonical.text(values: values, pattern: nil), as: UTF8.self)
  }

  /// The identity of the trial with these parameters.
  ///
  /// Every value counts, also where it is the default, so that a changed default makes a new
  /// trial. The order of the parameters in the table and the path of the pattern do not count.
  ///
  /// - Parameter pattern: The hash of the content of the pattern file, which stands for its path.
  public func id(pattern: ContentHash) -> TrialID {
    ContentHash(of: Canonical.text(values: values, pattern: pattern))
  }
}

/// The text whose hash identifies a trial, in the pieces that a plan puts together.
enum Canonical {
  /// The places of the parameters in ``Parameter/all``, in alphabetical order of their keys.
  static let order = Parameter.all.indices.sorted { Parameter.all[$0].key < Parameter.all[$1].key }

  /// The place of `pattern` in ``Parameter/all``.
  static let pattern = Parameter.index["pattern"]!

  /// The whole text.
  static func text(values: [ParameterValue], pattern hash: ContentHash?) -> [UInt8] {
    var text: [UInt8] = []
    for (rank, parameter) in order.enumerated() {
      text += piece(rank: rank, value: parameter == pattern ? nil : values[parameter], hash: hash)
      if parameter == pattern && hash == nil {
        text += json(values[parameter])
      }
    }
    text.append(UInt8(ascii: "}"))
    return text
  }

  /// One entry with the comma or brace before it; `hash` is the value of the pattern.
  static func piece(rank: Int, value: ParameterValue?, hash: ContentHash?) -> [UInt8] {
    let key = Parameter.all[order[rank]].key
    let start = Array("\(rank == 0 ? "{" : ",")\"\(key)\":".utf8)
    if let value { return start + json(value) }
    return start + (hash.map { json(.text($0.description)) } ?? [])
  }

  private static func json(_ value: ParameterValue) -> [UInt8] {
    switch value {
    case .absent: Array("null".utf8)
    case .boolean, .integer, .real: Array(value.description.utf8)
    case .text(let text): Array("\"\(text.escapedForJSON)\"".utf8)
    }
  }
}

extension String {
  /// The text between the quotes of a JSON string.
  var escapedForJSON: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
