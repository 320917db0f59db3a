extension ParameterSet: Codable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Reads an object with a value for every parameter that its model knows and checks it like any other assignment.
  ///
  /// A key that is missing is an error and not its default: what was written knew a value.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    var assignments: [String: ParameterValue] = [:]
    for key in container.allKeys {
      assignments[key.stringValue] = try container.decode(ParameterValue.self, forKey: key)
    }
    let model = if case .text(let model) = assignments["model"] { model } else { "" }
    for parameter in Parameter.all
    where assignments[parameter.key] == nil && parameter.applies(to: model) {
      throw DecodingError.keyNotFound(
        Key(stringValue: parameter.key),
        .init(codingPath: decoder.codingPath, debugDescription: "no value for \(parameter.key)"))
    }
    do {
      try self.init(assignments)
    } catch let error as ParameterError {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: error.description,
          underlyingError: error))
    }
  }

  /// Writes an object with every key that the model knows.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    let model = model.name
    for (parameter, value) in zip(Parameter.all, values) where parameter.applies(to: model) {
      try container.encode(value, forKey: Key(stringValue: parameter.key))
    }
  }
}
