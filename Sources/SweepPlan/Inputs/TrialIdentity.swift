import Parameters

extension ParameterSet {
  /// The set as one line of JSON: every key that the model knows, in alphabetical order, with its
  /// value.
  public var canonicalText: String {
    String(decoding: Canonical.text(values, [UInt8(ascii: "}")]), as: UTF8.self)
  }

  /// The identity of the trial with these parameters.
  ///
  /// Every value counts that the model knows, also if it is the default, so that a changed
  /// default makes a new trial, and parameters of other models may come and go. Neutral values do not count. The order of the parameters in the table and the paths of files do not count.
  ///
  /// - Parameter inputs: The hashes of the contents of the files that the parameters name, which
  ///   stand for their paths.
  public func id(_ inputs: TrialInputs) -> TrialID { id(inputs, ResultsRevision.current) }

  /// The identity for a version that computes a revision of the results.
  func id(_ inputs: TrialInputs, _ revision: Int) -> TrialID {
    var values = values
    for role in InputFile.Role.allCases {
      let hash = inputs[role]
      precondition((hash == nil) == (path(of: role) == nil), "a hash for each \(role) file")
      if let hash { values[role.parameter] = .text(hash.description) }
    }
    return ContentHash(of: Canonical.text(values, ResultsRevision.ending(revision)))
  }
}

/// The text whose hash identifies a trial, in the pieces that a plan puts together.
enum Canonical {
  /// The places in ``Parameter/all`` of the parameters that a model knows, in alphabetical order of
  /// their keys.
  static func order(for model: ParameterValue) -> [Int] {
    guard case .text(let model) = model else { return alphabetical }
    return alphabetical.filter { Parameter.all[$0].applies(to: model) }
  }

  private static let alphabetical = Parameter.all.indices.sorted {
    Parameter.all[$0].key < Parameter.all[$1].key
  }

  /// The whole text of values in the order of ``Parameter/all``.
  static func text(_ values: [ParameterValue], _ ending: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    for index in order(for: values[Parameter.model]) {
      text += piece(Parameter.all[index], values[index])
    }
    text += ending
    open(&text)
    return text
  }

  /// One entry with a comma before it; nothing for a value that is the parameter's neutral one, with
  /// which a trial is what it was before there was the parameter.
  static func piece(_ parameter: Parameter, _ value: ParameterValue) -> [UInt8] {
    value == parameter.neutralValue ? [] : Array(",\"\(parameter.key)\":".utf8) + json(value)
  }

  /// Makes the first comma of pieces in their order a brace.
  static func open(_ pieces: inout [UInt8]) { pieces[0] = UInt8(ascii: "{") }

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

/// The hashes of the contents of a trial's input files.
public struct TrialInputs: Hashable, Sendable, Codable {
  /// The pattern file's; nil where the pattern is generated.
  public var pattern: ContentHash?

  /// The disruption file's; nil where replay is undisturbed.
  public var disruption: ContentHash?

  /// Creates the hashes of a trial.
  public init(pattern: ContentHash? = nil, disruption: ContentHash? = nil) {
    self.pattern = pattern
    self.disruption = disruption
  }

  /// The hash of the file that plays a role.
  public subscript(role: InputFile.Role) -> ContentHash? {
    get {
      switch role {
      case .pattern: pattern
      case .disruption: disruption
      }
    }
    set {
      switch role {
      case .pattern: pattern = newValue
      case .disruption: disruption = newValue
      }
    }
  }
}

/// Which results this version computes.
///
/// The revision is part of a trial's identity. So a newer version goes on with what an older one
/// finished as long as both compute the same, and runs again, without touching the older rows, what
/// would come out differently. Nothing of two kinds gets into one table.
public enum ResultsRevision {
  /// To be raised with every change after which some trial ends with other scores, in any bit, on
  /// the same processor and with the same parameters. A new parameter or a changed default needs no
  /// new revision, since it makes other trials by itself.
  public static let current = 3

  /// What ends the text whose hash identifies a trial.
  static func ending(_ revision: Int = current) -> [UInt8] {
    Array("}".utf8) + (revision == 0 ? [] : Array(" results revision \(revision)".utf8))
  }
}
