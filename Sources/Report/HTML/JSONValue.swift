import FoundationEssentials
import Journal
import Parameters
import SweepPlan

/// Any JSON, to be shown.
indirect enum JSONValue: Decodable {
  case value(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .value("none")
    } else if let value = try? container.decode(Bool.self) {
      self = .value(value ? "true" : "false")
    } else if let value = try? container.decode(Int.self) {
      self = .value("\(value)")
    } else if let value = try? container.decode(Double.self) {
      self = .value(ParameterValue.real(value).description)
    } else if let value = try? container.decode(String.self) {
      self = .value(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// The values with the keys that lead to them, sorted.
  var flattened: [(String, String)] {
    switch self {
    case .value(let text): return [("", text)]
    case .list(let values):
      return [("", values.flatMap(\.flattened).map(\.1).joined(separator: " "))]
    case .object(let object):
      return object.sorted { $0.key < $1.key }.flatMap { key, value in
        value.flattened.map { inner, text in (inner.isEmpty ? key : "\(key) · \(inner)", text) }
      }
    }
  }
}
