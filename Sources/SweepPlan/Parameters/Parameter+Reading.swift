import Parameters

extension Parameter {
  /// Reads a value from text.
  ///
  /// A real number may be written as a whole number, and an integer as `2.0`. Numbers are decimal.
  ///
  /// - Parameters:
  ///   - text: The text, without quotes.
  ///   - isPlain: Whether it is written without quotes; text in quotes is never a number.
  /// - Throws: ``ParameterError/notAllowed(key:found:allowed:)``.
  public func value(reading text: String, isPlain: Bool = true) throws -> ParameterValue {
    if isOptional && isPlain && text == "none" { return .absent }
    let value = literal(text, isPlain: isPlain)
    if let value, allowed.contains(value) { return value }
    let found =
      text.isEmpty && isPlain ? "nothing" : isPlain ? quoted(text) : "the text \(quoted(text))"
    throw notAllowed(found + (value.map { rounding(of: text, to: $0.number) } ?? ""))
  }

  /// Converts a value from another source: an integer to a real number and back, if that loses
  /// nothing.
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
    if let converted, allowed.contains(converted) { return converted }
    let found = quoted(value.description)
    switch (kind, value) {
    case (.text, .text): throw notAllowed(found)
    case (_, .text): throw notAllowed("the text \(found)")
    case (.text, _): throw notAllowed("\(found), which is no text")
    default: throw notAllowed(found)
    }
  }

  private func notAllowed(_ found: String) -> ParameterError {
    .notAllowed(key: key, found: found, allowed: allowedDescription)
  }

  private func literal(_ text: String, isPlain: Bool) -> ParameterValue? {
    switch kind {
    // A path of zero bytes or with a NUL in it names no file.
    case .text: return text.isEmpty || text.utf8.contains(0) ? nil : .text(text)
    case .boolean where isPlain: return ["true": true, "false": false][text].map { .boolean($0) }
    case .integer where isPlain:
      guard isDecimal(text) else { return nil }
      // A Double does not hold the digits of every integer.
      let whole = text.prefix { $0 != "." }
      let isWhole = text.dropFirst(whole.count + 1).allSatisfy { $0 == "0" }
      if isWhole, let number = Int(whole) { return .integer(number) }
      return Double(text).flatMap { Int(exactly: $0) }.map { .integer($0) }
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

/// The end of what was found, if a number has more digits or is smaller than a Double can hold.
func rounding(of text: String, to number: Double?) -> String {
  guard let number, isDecimal(text) else { return "" }
  let digits = text.prefix { !"eE".contains($0) }.filter { ("1"..."9").contains($0) }
  return number == 0 && !digits.isEmpty || text.utf8.count > 17
    ? ", which is read as \(ParameterValue.real(number))" : ""
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
