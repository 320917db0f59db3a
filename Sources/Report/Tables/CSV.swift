/// Text of a table with comma-separated values (RFC 4180, lines ended by a newline).
struct CSV {
  private(set) var text = ""

  /// Adds a row.
  mutating func append(_ fields: [String]) {
    text += fields.map(Self.quoted).joined(separator: ",")
    text += "\n"
  }

  private static func quoted(_ field: String) -> String {
    // Scalars and not characters: a combining mark would hide the comma that it follows.
    let scalars = field.unicodeScalars
    guard scalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return field }
    var quoted = "\""
    for scalar in scalars {
      if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
