extension ParameterValue {
  /// Puts the value into a message.
  func write(to writer: inout ByteWriter) {
    switch self {
    case .absent:
      writer.write(0)
    case .boolean(let value):
      writer.write(1)
      writer.write(value ? 1 : 0)
    case .integer(let value):
      writer.write(2)
      writer.write(value)
    case .real(let value):
      writer.write(3)
      writer.write(value)
    case .text(let value):
      writer.write(4)
      writer.write(value)
    }
  }

  /// Takes a value out of a message.
  init(from reader: inout ByteReader) {
    switch reader.read(Int.self) {
    case 0: self = .absent
    case 1: self = .boolean(reader.read(Int.self) == 1)
    case 2: self = .integer(reader.read(Int.self))
    case 3: self = .real(reader.read(Double.self))
    case 4: self = .text(reader.read(String.self))
    case let kind: preconditionFailure("no value is of kind \(kind)")
    }
  }
}
