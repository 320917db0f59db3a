import LinearAlgebra
import Parameters

extension ParameterSet {
  /// The set as one line of JSON with every key that the model uses, in alphabetical order.
  public var canonicalText: String {
    String(decoding: Canonical.text(values, [UInt8(ascii: "}")]), as: UTF8.self)
  }

  /// The identity of the trial with these parameters.
  ///
  /// It includes every value that the model uses, also defaults: a changed default makes a new trial.
  /// It includes the linear algebra library if its results can differ from those of OpenBLAS.
  /// It excludes neutral values, parameters of other models, the order of the parameters in the table,
  /// and the paths of files.
  ///
  /// - Parameter inputs: The hashes of the contents of the files, which replace their paths.
  public func id(_ inputs: TrialInputs) -> TrialID {
    id(inputs, ResultsRevision.of(values[Parameter.model]))
  }

  /// The identity in a version with a revision of the results.
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

/// The text whose hash identifies a trial, in the pieces that a plan joins.
enum Canonical {
  /// The indices in ``Parameter/all`` of the parameters that a model uses, in alphabetical order of
  /// the keys.
  static func order(for model: ParameterValue) -> [Int] {
    guard case .text(let model) = model else { return alphabetical }
    return alphabetical.filter { Parameter.all[$0].applies(to: model) }
  }

  private static let alphabetical = Parameter.all.indices.sorted {
    Parameter.all[$0].key < Parameter.all[$1].key
  }

  /// The whole text for values in the order of ``Parameter/all``.
  static func text(_ values: [ParameterValue], _ ending: [UInt8]) -> [UInt8] {
    var text = order(for: values[Parameter.model]).flatMap { piece(Parameter.all[$0], values[$0]) }
    text += ending
    open(&text)
    return text
  }

  /// One entry with a comma before it; nothing for the parameter's neutral value.
  static func piece(_ parameter: Parameter, _ value: ParameterValue) -> [UInt8] {
    if value == parameter.neutralValue { return [] }
    let json =
      switch value {
      case .absent: "null"
      case .boolean, .integer, .real: value.description
      case .text(let text): "\"\(text.escapedForJSON)\""
      }
    return Array(",\"\(parameter.key)\":\(json)".utf8)
  }

  /// Replaces the first comma of joined pieces by a brace.
  static func open(_ pieces: inout [UInt8]) { pieces[0] = UInt8(ascii: "{") }
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
  /// Nil if the pattern is generated.
  public var pattern: ContentHash?

  /// Nil if replay is undisturbed.
  public var disruption: ContentHash?

  public init(pattern: ContentHash? = nil, disruption: ContentHash? = nil) {
    self.pattern = pattern
    self.disruption = disruption
  }

  /// The hash of the file with a role.
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

/// The revision of the results that this version computes.
///
/// It is part of a trial's identity. A newer version with the same revision continues the work of an
/// older one. With another revision it runs all trials again and ignores the older rows, so no table
/// mixes two revisions.
public enum ResultsRevision {
  /// Raise it with every change after which some trial ends with other scores, in any bit, with the same
  /// parameters. A new parameter or a changed default needs no new revision, since it makes other
  /// trials.
  public static let current = 4

  /// The revision of a model's results. Raise it instead of ``current`` if only this model changes.
  public static func of(_ model: ParameterValue) -> Int {
    // 5: multiply-adds of force are charged in the steps in which it learns, not in all.
    model == .text("force") ? 5 : current
  }

  /// The end of the text whose hash identifies a trial.
  ///
  /// - Parameter library: The linear algebra library if its results can differ in the last bits.
  static func ending(
    _ revision: Int = current, library: String? = LAPACKLibrary.variant
  ) -> [UInt8] {
    guard revision > 0 else { return Array("}".utf8) }
    let library = library.map { " linear algebra \($0)" } ?? ""
    return Array("} results revision \(revision)\(library)".utf8)
  }
}
