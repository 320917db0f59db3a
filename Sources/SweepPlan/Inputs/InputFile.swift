/// A file beside the sweep file that a parameter names, as it was when the sweep was read.
///
/// What it holds, and not where it lies, counts for the identity of a trial.
public struct InputFile: Hashable, Sendable {
  /// What it is for.
  public let role: Role

  /// The path as it was written, which is the value of the parameter.
  public let path: String

  /// The text.
  public let text: String

  /// The hash of the bytes, which stands for the path in a trial's identity.
  public let contentHash: ContentHash

  /// What the content means for the trials that name it; nil where it was not looked into.
  public internal(set) var facts: Facts?

  /// The largest file that is read [bytes].
  public static let maximumSize = 16_000_000

  /// Why a file holds no text.
  public struct NotText: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason, as part of a sentence.
    public var description: String { "the file is not UTF-8 text" }
  }

  /// Reads a file without looking at what the text says.
  ///
  /// - Parameters:
  ///   - role: What it is for.
  ///   - path: The path as written.
  ///   - folder: What a relative path is relative to.
  /// - Throws: ``FileProblem``, or ``NotText`` for anything but UTF-8.
  public init(_ role: Role, _ path: String, in folder: String = ".") throws {
    let bytes = try RegularFile.bytes(
      of: RegularFile.path(path, in: folder), limit: Self.maximumSize)
    try self.init(role, path, bytes: bytes)
  }

  /// Takes the bytes of a file that was read already.
  ///
  /// - Throws: ``NotText`` for anything but UTF-8.
  public init(_ role: Role, _ path: String, bytes: [UInt8]) throws(NotText) {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw NotText() }
    self.role = role
    self.path = path
    self.text = text
    contentHash = ContentHash(of: bytes)
  }
}
