/// What libyaml meets while it walks through a text.
struct YAMLEvent: Equatable {
  /// Where it is met.
  var mark: Mark

  /// What is met.
  var kind: Kind

  enum Kind: Equatable {
    case documentStart
    case scalar(YAMLNode.Scalar, Properties)
    case sequenceStart(Properties)
    case sequenceEnd
    case mappingStart(Properties)
    case mappingEnd
    case alias(String)
    /// Stream and document ends, which carry nothing.
    case other
  }

  /// What may stand before a node.
  struct Properties: Equatable {
    var anchor: String?
    var tag: String?
  }
}
