/// Text of a table with comma-separated values (RFC 4180, lines ended by a newline).
struct CSV {
  private(set) var text = ""

  /// Adds a row.
  mutating func append(_ fields: [String]) {
    text += fields.map(Self.quoted).joined(separator: ",")
    text += "\n"
  }

  private static func quoted(_ field: String) -> String {
    // Bytes and scalars, not characters: a combining mark would hide the comma that it follows.
    let isSpecial = field.utf8.contains { byte in
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
      default: false
      }
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
