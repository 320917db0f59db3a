/// A place in a text, as an editor shows it.
public struct Mark: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The line, counted from 1.
  public let line: Int

  /// The column in characters (Unicode scalars), counted from 1.
  public let column: Int

  /// Creates a mark from a line and a column, both counted from 1.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Whether `left` comes before `right` in the text.
  public static func < (left: Mark, right: Mark) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }

  /// `line:column`, the form that editors and terminals turn into a link.
  public var description: String { "\(line):\(column)" }
}
