import Parameters

extension Parameter {
  /// Reads a value as a person writes it.
  ///
  /// A whole number will do for a real one, and `2.0` for an integer. Numbers are decimal.
  ///
  /// - Parameters:
  ///   - text: The text, without quotes.
  ///   - isPlain: Whether it stood without quotes; text in quotes is never a number.
  /// - Throws: ``ParameterError/notAllowed(key:found:allowed:)``.
  public func value(reading text: String, isPlain: Bool = true) throws -> ParameterValue {
    if isOptional && isPlain && text == "none" { return .absent }
    guard let value = literal(text, isPlain: isPlain), allowed.contains(value) else {
      let found =
        text.isEmpty && isPlain ? "nothing" : isPlain ? quoted(text) : "the text \(quoted(text))"
      throw ParameterError.notAllowed(key: key, found: found, allowed: allowedDescription)
    }
    return value
  }

  /// Turns a value of another source into one of this parameter: an integer into a real number
  /// and back where that loses nothing.
  ///
  /// - Throws: ``ParameterError/notAllowed(key:found:allowed:)``.
  public func value(_ value: ParameterValue) throws -> ParameterValue {
    if value == .absent && isOptional { return value }
    let converted: ParameterValue? =
      switch (kind, value) {
      case (.integer, .real(let number)): Int(exactly: number).map { .integer($0) }
      case (.real, .integer(let number)): Self.real(Double(number))
      case (.real, .real(let number)): Self.real(number)
      case (.integer, .integer), (.boolean, .boolean), (.text, .text): value
      default: nil
      }
    guard let converted, allowed.contains(converted) else {
      throw ParameterError.notAllowed(
        key: key, found: quoted(value.description), allowed: allowedDescription)
    }
    return converted
  }

  private func literal(_ text: String, isPlain: Bool) -> ParameterValue? {
    switch kind {
    // A path of zero bytes or with a NUL in it names no file.
    case .text: return text.isEmpty || text.utf8.contains(0) ? nil : .text(text)
    case .boolean where isPlain: return ["true": true, "false": false][text].map { .boolean($0) }
    case .integer where isPlain:
      guard isDecimal(text) else { return nil }
      // Digits alone are read as they stand; a Double would not hold all of them.
      return (Int(text) ?? Double(text).flatMap { Int(exactly: $0) }).map { .integer($0) }
    case .real where isPlain:
      return isDecimal(text) ? Double(text).flatMap(Self.real) : nil
    default: return nil
    }
  }

  /// A finite number, with negative zero made zero.
  private static func real(_ number: Double) -> ParameterValue? {
    number.isFinite ? .real(number == 0 ? 0 : number) : nil
  }
}

/// Whether a text is a decimal number such as `-1`, `.5`, `2.` or `1e-4`.
///
/// `Double` would also read `nan`, `inf` and hexadecimal numbers.
func isDecimal(_ text: String) -> Bool {
  var rest = Substring(text)
  func skip(_ isWanted: (Character) -> Bool, most: Int = .max) -> Int {
    let found = min(rest.prefix(while: isWanted).count, most)
    rest = rest.dropFirst(found)
    return found
  }
  func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
  func isSign(_ character: Character) -> Bool { character == "+" || character == "-" }

  _ = skip(isSign, most: 1)
  let digits = skip(isDigit) + (skip({ $0 == "." }, most: 1) == 1 ? skip(isDigit) : 0)
  guard digits > 0 else { return false }
  if skip({ $0 == "e" || $0 == "E" }, most: 1) == 1 {
    _ = skip(isSign, most: 1)
    guard skip(isDigit) > 0 else { return false }
  }
  return rest.isEmpty
}
