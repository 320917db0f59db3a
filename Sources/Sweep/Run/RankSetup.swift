import FoundationEssentials
import MPI

/// What every rank must know before the first trial arrives.
///
/// Rank 0 alone reads files; the others get their content from it, so a sweep needs no file system
/// that all nodes share, except for the executable.
struct RankSetup: Codable {
  /// Which scores are wanted.
  var tests: [SweepTest]
  /// The contents of the input files, by the text of their hashes.
  var files: [String: String]

  /// Gives the setup of rank 0 to all ranks; nil tells them that there is nothing to do.
  static func share(_ setup: RankSetup?, over world: any Communicator) throws -> RankSetup? {
    let bytes = try setup.map { [UInt8](try JSONEncoder().encode($0)) } ?? []
    let received = try world.broadcast(bytes, from: 0)
    return received.isEmpty ? nil : try JSONDecoder().decode(RankSetup.self, from: Data(received))
  }

  /// The contents of the input files by hash.
  var fileTexts: [ContentHash: String] {
    var texts: [ContentHash: String] = [:]
    for (hash, text) in files {
      guard let hash = ContentHash(hash) else { preconditionFailure("no hash: \(hash)") }
      texts[hash] = text
    }
    return texts
  }
}
