import Parameters
import SweepPlan

/// Text of a table with comma-separated values (RFC 4180, lines ended by a newline).
enum CSV {
  static func text(_ head: [String], _ rows: some Sequence<[String]>) -> String {
    var text = ""
    func append(_ fields: [String]) { text += fields.map(quoted).joined(separator: ",") + "\n" }
    append(head)
    for row in rows { append(row) }
    return text
  }

  /// The values of parameters. `none` is an empty field unless the parameter is a text, so that a
  /// column of numbers has nothing else in it. No parameter is missing in any row.
  static func fields(_ values: [ParameterValue], of keys: [String]) -> [String] {
    zip(values, keys).map { value, key in
      value == .absent && Parameter.named(key)?.kind != .text ? "" : value.description
    }
  }

  private static func quoted(_ field: String) -> String {
    // Bytes and scalars, not characters: a combining mark would hide the comma that it follows.
    let isSpecial = field.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\r")
        || byte == UInt8(ascii: "\n")
    }
    guard isSpecial else { return field }
    var quoted = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
