/// A file with a sequence to learn, as it was when the sweep was read.
public struct PatternFile: Hashable, Sendable {
  /// The path as it was written, which is the value of the parameter `pattern`.
  public let path: String

  /// The text.
  public let text: String

  /// The hash of the bytes, which stands for the path in a trial's identity.
  public let contentHash: ContentHash

  /// The largest file that is read [bytes].
  public static let maximumSize = 16_000_000

  /// Why a file holds no text.
  public struct NotText: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason, as part of a sentence.
    public var description: String { "the file is not UTF-8 text" }
  }

  /// Reads a pattern file without looking at the pattern.
  ///
  /// - Parameters:
  ///   - path: The path as written.
  ///   - folder: What a relative path is relative to.
  /// - Throws: ``FileProblem``, or ``NotText`` for anything but UTF-8.
  public init(_ path: String, in folder: String = ".") throws {
    let bytes = try InputFile.bytes(
      of: InputFile.path(path, in: folder), limit: Self.maximumSize)
    guard let text = String(validating: bytes, as: UTF8.self) else { throw NotText() }
    self.path = path
    self.text = text
    contentHash = ContentHash(of: bytes)
  }
}
