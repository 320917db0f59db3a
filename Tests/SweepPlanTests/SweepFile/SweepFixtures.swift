import TestSupport
import Testing

@testable import SweepPlan

/// A sweep file in the folder of the fixtures.
func readSweep(
  _ text: String, overrides: [String] = [],
  source: InputFileSource = .disk
) throws -> SweepFile {
  try SweepFile(
    Array(text.utf8), path: Fixtures.url("sweeps/s.yaml").path,
    overrides: overrides.map { try Override($0) }, source: source)
}

/// The plan of a grid, in YAML, over Für Elise.
func expand(grid: String, fixed: String = "", overrides: [String] = []) throws -> Plan {
  let indented = grid.split(separator: "\n", omittingEmptySubsequences: false)
    .map { "  \($0)\n" }.joined()
  return try Plan(
    readSweep(
      "name: s\nfixed:\n  pattern: ../patterns/fuer_elise.txt\n\(fixed)grid:\n\(indented)",
      overrides: overrides))
}

/// The message with which a sweep file is refused, without the folder of the fixtures; nil if it
/// is accepted.
func refusal(
  _ text: String, overrides: [String] = [],
  validateRequest: Plan.RequestValidation = { _ in }
) -> String? {
  do {
    _ = try Plan(readSweep(text, overrides: overrides), validateRequest: validateRequest)
    return nil
  } catch {
    return "\(error)".withoutFixtures
  }
}

extension String {
  /// The text without the folder of the fixtures.
  var withoutFixtures: String {
    split(separator: Fixtures.url("sweeps").path + "/", omittingEmptySubsequences: false).joined()
  }
}
