import CYAML

// All unsafe code of this module is in this file.

/// An event of libyaml's parser.
struct YAMLEvent: Equatable {
  /// The position where the event starts: for a node with an anchor or a tag, at these.
  var mark: Mark

  /// The kind of event, with its contents.
  var kind: Kind

  enum Kind: Equatable {
    case documentStart
    case scalar(YAMLNode.Scalar, Properties)
    case sequenceStart(Properties)
    case sequenceEnd
    case mappingStart(Properties)
    case mappingEnd
    case alias(String)
    /// The start of the stream and the ends of documents.
    case other
  }

  /// The anchor and the tag of a node.
  struct Properties: Equatable {
    var anchor: String?
    var tag: String?
  }
}

/// Parses a text into events.
///
/// The corresponding C function is `yaml_parser_parse`.
///
/// - Parameters:
///   - bytes: The text in valid UTF-8.
///   - body: Receives each event in order. If it throws, parsing ends.
/// - Throws: ``YAMLError`` if the text violates YAML's grammar, or the error of `body`.
func forEachYAMLEvent(in bytes: [UInt8], _ body: (YAMLEvent) throws -> Void) throws {
  let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  defer { parser.deallocate() }
  guard yaml_parser_initialize(parser) == 1 else {
    throw YAMLError(mark: Mark(line: 1, column: 1), reason: .outOfMemory)
  }
  defer { yaml_parser_delete(parser) }

  try bytes.withUnsafeBufferPointer { text in
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else {
        throw YAMLError(parser.pointee, bytes: bytes)
      }
      defer { yaml_event_delete(&event) }
      if event.type == YAML_STREAM_END_EVENT { return }
      try body(YAMLEvent(mark: Mark(event.start_mark), kind: YAMLEvent.Kind(event)))
    }
  }
}

extension Mark {
  /// Converts a mark of libyaml, which counts from 0.
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
  }
}

extension YAMLEvent.Kind {
  /// Copies an event, whose memory libyaml owns.
  fileprivate init(_ event: yaml_event_t) {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: self = .documentStart
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      self = .scalar(
        YAMLNode.Scalar(
          text: String(decoding: text, as: UTF8.self),
          isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE),
        .init(anchor: string(scalar.anchor), tag: string(scalar.tag)))
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      self = .sequenceStart(.init(anchor: string(start.anchor), tag: string(start.tag)))
    case YAML_SEQUENCE_END_EVENT: self = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      self = .mappingStart(.init(anchor: string(start.anchor), tag: string(start.tag)))
    case YAML_MAPPING_END_EVENT: self = .mappingEnd
    case YAML_ALIAS_EVENT: self = .alias(string(event.data.alias.anchor) ?? "")
    default: self = .other
    }
  }
}

extension YAMLError {
  /// Creates the error for which a parser refused a text.
  fileprivate init(_ parser: yaml_parser_t, bytes: [UInt8]) {
    let problem = parser.problem.map { String(cString: $0) } ?? "this is not YAML"
    switch parser.error {
    case YAML_MEMORY_ERROR:
      self.init(mark: Mark(parser.mark), reason: .outOfMemory)
    case YAML_READER_ERROR:
      self.init(
        mark: Mark(offset: parser.problem_offset, in: bytes),
        reason: .controlCharacter(UInt32(truncatingIfNeeded: parser.problem_value)))
    default:
      let mark = Mark(parser.problem_mark)
      if bytes.firstByte(at: mark) == UInt8(ascii: "\t") || problem.contains("tab character") {
        self.init(mark: mark, reason: .tab)
        return
      }
      let context = parser.context.map { String(cString: $0) }
      self.init(
        mark: mark,
        reason: .syntax(
          problem: problem, context: context,
          contextMark: context == nil ? nil : Mark(parser.context_mark)))
    }
  }
}

private func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
  text.map { String(cString: $0) }
}
