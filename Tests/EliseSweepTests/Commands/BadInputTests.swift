import Foundation
import TestSupport
import Testing

/// A sweep file that cannot run, and what the message must say.
struct BadSweep: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let text: String
  let place: String
  let words: [String]

  init(_ description: String, _ text: String, at place: String, says words: String...) {
    testDescription = description
    self.text = text
    self.place = place
    self.words = words
  }

  static let all = [
    BadSweep(
      "wrong key", "name: x\nfixed: {pattern: scale.txt}\ngrid:\n  latnt: [4]\n",
      at: "bad.yaml:4:3", says: "latnt", "latent"),
    BadSweep(
      "wrong type", "name: x\nfixed: {pattern: scale.txt}\ngrid:\n  latent: [four]\n",
      at: "bad.yaml:4:12", says: "latent", "four", "integer"),
    BadSweep(
      "out of range", "name: x\nfixed: {pattern: scale.txt, nudging: 1}\ngrid: {seed: [1]}\n",
      at: "bad.yaml:2:38", says: "nudging", "1"),
    BadSweep(
      "missing pattern file", "name: x\nfixed: {pattern: nowhere.txt}\ngrid: {seed: [1]}\n",
      at: "bad.yaml:2:18", says: "pattern", "nowhere.txt"),
    BadSweep(
      "malformed pattern", "name: x\nfixed: {pattern: bad.yaml}\ngrid: {seed: [1]}\n",
      at: "bad.yaml:2:18", says: "pattern", "header"),
    BadSweep(
      "empty grid", "name: x\nfixed: {pattern: scale.txt}\ngrid: {}\n",
      at: "bad.yaml:3:7", says: "grid", "empty"),
    BadSweep(
      "empty list", "name: x\nfixed: {pattern: scale.txt}\ngrid: {seed: []}\n",
      at: "bad.yaml:3:14", says: "seed", "empty"),
    BadSweep("not YAML", "name: [x\nfixed: }", at: "bad.yaml:2:6", says: "not a sweep file"),
    BadSweep(
      "sequence longer than the pattern",
      "name: x\nfixed: {pattern: scale.txt, sequence_length: 5}\ngrid: {seed: [1]}\n",
      at: "bad.yaml:2:29", says: "sequence_length", "5", "4"),
    BadSweep(
      "generated pattern of unknown length",
      "name: x\nfixed: {pattern: generated, vocabulary: 3, order: 1}\ngrid: {seed: [1]}\n",
      at: "bad.yaml:2:9", says: "sequence_length", "generated"),
    BadSweep(
      "search for a score that is not measured",
      "name: x\nfixed: {pattern: scale.txt}\n"
        + "search: {latent: [4, 5], criterion: robustness >= 0.5}\n",
      at: "bad.yaml:3:37", says: "criterion", "robustness", "scores"),
    BadSweep(
      "missing disruption file",
      "name: x\nfixed: {pattern: scale.txt, disruption: nowhere.txt}\ngrid: {seed: [1]}\n",
      at: "bad.yaml:2:41", says: "disruption", "nowhere.txt"),
  ]
}

@Suite struct BadInputTests {
  @Test("A bad sweep file: exit 2, place and reason, nothing written", arguments: BadSweep.all)
  func badSweepFile(bad: BadSweep) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      try bad.text.write(
        to: folder.appendingPathComponent("bad.yaml"), atomically: true, encoding: .utf8)
      let before = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      for outcome in [
        try Program.run(["run", "bad.yaml"], in: folder),
        try Program.run(["run", "bad.yaml"], ranks: 3, in: folder),
      ] {
        #expect(outcome.exitCode == 2)
        #expect(!outcome.timedOut, "a rank waits for ever")
        #expect(
          outcome.errors.components(separatedBy: "error: ").count == 2,
          "the message must appear once: \(outcome.errors)")
        let message = outcome.errors.split(separator: "\n").first { $0.hasPrefix("error: ") } ?? ""
        #expect(message.contains(bad.place), "\(message)")
        for word in bad.words { #expect(message.contains(word), "\(message)") }
      }
      let after = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(after.sorted() == before.sorted(), "something was written")
    }
  }

  @Test(
    "Wrong usage: exit 2 and what is allowed",
    arguments: [
      (["run"], "needs SWEEP.yaml"),
      (["run", "nowhere.yaml"], "nowhere.yaml"),
      (["run", "small.yaml", "--thread", "2x"], "--threads: got \"2x\""),
      (["run", "small.yaml", "--threads", "0"], "from 1 to 1024"),
      (["run", "small.yaml", "--nonsense"], "unknown option --nonsense"),
      (["run", "small.yaml", "--set", "latnt=3"], "latent"),
      (["run", "small.yaml", "--set", "latent=3"], "grid"),
      (["run", "small.yaml", "other.yaml"], "takes one SWEEP.yaml"),
      (["run", "small.yaml", "--out"], "--out needs a value"),
      (["train"], "train: got no pattern; expected --set pattern=FILE"),
      (
        ["train", "scale.txt"],
        "takes no operand; got scale.txt; did you mean --set pattern=scale.txt?"
      ),
      (
        ["train", "small.yaml"],
        "takes no operand; got small.yaml; did you mean elise-sweep run small.yaml?"
      ),
      (
        ["train", "--set", "pattern=scale.txt", "--set", "training_cycles=3", "--cycles", "4"],
        "--cycles and --set training_cycles: got two values"
      ),
      (["run", "small.yaml", "--out", ""], "--out: got an empty word; expected DIR"),
      (["run", "small.yaml", "--out="], "--out: got an empty word; expected DIR"),
      (["run", ""], "got an empty word; expected SWEEP.yaml"),
      (["status", ""], "got an empty word; expected DIR"),
      (["merge", "", "--out", "all"], "got an empty word; expected DIR"),
      (["run", "small.yaml", "--out", "a", "--out=b"], "--out is given twice: a and b"),
      (
        ["run", "small.yaml", "--out", "--quiet"],
        "--out needs a value; expected --out DIR, got --quiet"
      ),
      (
        ["run", "small.yaml", "--set", "nudging=0.5", "--set", "nudging=0.6"],
        "--set nudging=0.5 and --set nudging=0.6: got two values of nudging"
      ),
      (
        ["run", "small.yaml", "--set", "seed=[1,2,3]"], "Values to compare belong in the sweep file"
      ),
      (["small.yaml"], "did you mean elise-sweep run small.yaml?"),
      (["rnu", "small.yaml"], "unknown command rnu, did you mean 'run'?"),
      (["--out", "x", "run"], "got the option --out before the command"),
      (
        ["parameters", "dealy"],
        "got dealy, but no name or meaning contains it, did you mean 'delay'?"
      ),
      (["train", "--set", "pattern=nowhere.txt"], "nowhere.txt"),
      (["train", "--set", "pattern=scale.txt", "--network", "small.yaml"], "small.yaml"),
      (["walk"], "unknown command walk"),
    ] as [([String], String)])
  func wrongUsage(arguments: [String], words: String) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let outcome = try Program.run(arguments, in: folder)
      #expect(outcome.exitCode == 2)
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/results"))
    }
  }
}
