import Foundation
import TestSupport
import Testing

/// Hundreds of invalid files: each is refused within a second of processor time and 200 MB of memory,
/// with exit code 2, place and reason, and nothing is written.
@Suite struct MalformedInputTests {
  /// Runs the program on every file of a folder whose name begins with `case`, within the bounds.
  ///
  /// - Parameter command: Arguments with `FILE` where the file's name belongs.
  /// - Returns: The exit code and the error stream of each file, in the order of their names.
  private static func outcomes(
    of command: String, in folder: URL
  ) throws -> [(name: String, code: Int, errors: String)] {
    // Data in the memory of the process and the processor time, neither of which means anything under
    // a sanitizer, and no core files.
    let limits = isSanitized ? "ulimit -t 30" : "ulimit -d 204800; ulimit -t 1"
    let script = """
      for file in case-*; do
        (\(limits); ulimit -c 0
         exec "$1" \(command.replacingOccurrences(of: "FILE", with: "\"$file\""))) \
          </dev/null >"$file.output" 2>"$file.errors"
        echo "$file $?"
      done
      """
    let outcome = try run(
      "bash", ["-c", script, "bash", try builtProduct("elise-sweep").path], in: folder,
      timeout: .seconds(900))
    return try outcome.output.split(separator: "\n").map { line in
      let words = line.split(separator: " ")
      let errors = folder.appendingPathComponent("\(words[0]).errors")
      return (
        String(words[0]), Int(words[1])!,
        String(decoding: try Data(contentsOf: errors), as: UTF8.self)
      )
    }
  }

  private static func name(_ index: Int, _ suffix: String) -> String {
    "case-" + String(repeating: "0", count: 4 - String(index).count) + "\(index).\(suffix)"
  }

  /// The one error line; nil if there are none or several.
  private static func message(_ errors: String) -> Substring? {
    let lines = errors.split(separator: "\n").filter { !$0.hasPrefix("warning: ") }
    return lines.count == 1 && lines[0].hasPrefix("error: ") ? lines[0].dropFirst(7) : nil
  }

  @Test func sweepFiles() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      mkfifo(folder.path + "/pipe", 0o600)
      let all = MalformedSweep.all
      #expect(all.count >= 200)
      for (index, sweep) in all.enumerated() {
        try Data(sweep.bytes).write(to: folder.appendingPathComponent(Self.name(index, "yaml")))
      }
      let outcomes = try Self.outcomes(of: "run FILE --out written", in: folder)
      #expect(outcomes.count == all.count)
      for ((name, code, errors), sweep) in zip(outcomes, all) {
        #expect(code == 2, "\(sweep.what): exit \(code): \(errors.prefix(300))")
        let message = try #require(Self.message(errors), "\(sweep.what): \(errors.prefix(300))")
        let place = sweep.hasPosition ? ":[0-9]+:[0-9]+: .+" : ": .+"
        #expect(
          try Regex(name.replacingOccurrences(of: ".", with: "\\.") + place)
            .wholeMatch(in: message) != nil,
          "\(sweep.what): \(message.prefix(300))")
        #expect(message.utf8.count < 3_000, "\(sweep.what): the message is a book")
        #expect(
          !message.unicodeScalars.contains { $0.value < 32 || $0.value == 127 },
          "\(sweep.what): control characters reach the terminal")
      }
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/written"))
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/results"))
    }
  }

  private static func many(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  private static let patternHeader = "# name: a nNeurons: 2 nSteps: 2\n"

  private static var patterns: [[UInt8]] {
    let header = patternHeader
    let texts: [String] = [
      "", "\n", "1 0\n0 1\n", "# name: a\n1 0\n", "# nNeurons: 2\n1 0\n0 1\n",
      "#nNeurons: 2 nSteps: 2\n",
      "# nNeurons: x nSteps: 2\n", "# nNeurons: 0 nSteps: 2\n", "# nNeurons: -1 nSteps: 2\n1 0\n",
      "# nNeurons: 99999999999999999999 nSteps: 2\n1 0\n",
      "# nNeurons: 100000 nSteps: 100000\n1 0\n",
      "# nNeurons: 2.0 nSteps: 2\n1 0\n0 1\n", "# nNeurons: 2 nSteps:\n1 0\n0 1\n", header,
      "\(header)1 0\n", "\(header)1 0\n0 1\n1 1\n", "\(header)1 0\n0\n", "\(header)1 0\n0 1 1\n",
      "\(header)1 0\n0 2\n", "\(header)1 0\n0 x\n", "\(header)1 0\n0 -1\n", "\(header)1 0\n0 1.5\n",
      "\(header)10\n01\n", "\(header)1,,0\n0,1\n", "\(header)1 0\n0 1\n# tail\n1 0\n",
      "\(header)1 0\n0 1\n" + "\(header)1 0\n", "\(header)1 0\n0 ١\n",
      "\(header)1 0\n\u{1B}[2J 1\n",
      "# nNeurons: 2 nSteps: 100000\n\(many("1 ", 7_000_000))",
      many("#\n", 1_000_000), "\(many("\n", 8_000_000))x",
      "\(header)\(many("1 0\n", 1_000_000))",
      many("x", 15_000_000),
    ]
    let bytes: [[UInt8]] = [[0x23, 0xFF], [0], [UInt8](repeating: 0x20, count: 17_000_000)]
    return texts.map { [UInt8]($0.utf8) } + bytes
  }

  private static var disruptions: [[UInt8]] {
    func line(
      _ start: String = "0", _ end: String = "10", _ first: String = "0", _ last: String = "2",
      _ offset: String = "15"
    ) -> String {
      "t_start: \(start) t_end: \(end) nrn_start: \(first) nrn_end: \(last) offset_el: \(offset)\n"
    }
    let texts: [String] = [
      "", "\n\n", "x\n", "0 10 0 2 15\n", "t_start: 0\n", line("-1"), line("10", "10"),
      line("10", "5"),
      line("0", "99999999999999999999"), line("0", "1e3"), line("0.5"), line("0", "10", "2", "2"),
      line("0", "10", "-1"), line("0", "10", "0", "4"), line("0", "401"),
      line("0", "10", "0", "2", "nan"),
      line("0", "10", "0", "2", "inf"), line("0", "10", "0", "2", "1e9"),
      line("0", "10", "0", "2", ""),
      line("0", "10", "0", "2", "15 mV"), line() + "x\n", line() + line("10", "0"),
      "t_end: 10 t_start: 0 nrn_start: 0 nrn_end: 2 offset_el: 15\n", line("\u{1B}[2J"),
      many("x ", 7_000_000),
      "\(many(line(), 200_000))x",
    ]
    let bytes: [[UInt8]] = [[0xFF, 0xFE], [0]]
    return texts.map { [UInt8]($0.utf8) } + bytes
  }

  @Test(arguments: ["pattern", "disruption"])
  func filesThatParametersName(parameter: String) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let files = parameter == "pattern" ? Self.patterns : Self.disruptions
      for (index, bytes) in files.enumerated() {
        try Data(bytes).write(to: folder.appendingPathComponent(Self.name(index, "txt")))
      }
      let outcomes = try Self.outcomes(
        of: "run small.yaml --out written --set \(parameter)=FILE", in: folder)
      #expect(outcomes.count == files.count)
      for ((name, code, errors), bytes) in zip(outcomes, files) {
        let start = String(decoding: bytes.prefix(80), as: UTF8.self).debugDescription
        #expect(code == 2, "\(start): exit \(code): \(errors.prefix(300))")
        let message = try #require(Self.message(errors), "\(start): \(errors.prefix(300))")
        #expect(
          message.contains("\(parameter): got") && message.contains(name), "\(start): \(message)")
        #expect(message.utf8.count < 1_000, "\(start): the message is a book")
        #expect(
          !message.unicodeScalars.contains { $0.value < 32 || $0.value == 127 },
          "\(start): control characters reach the terminal")
      }
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/written"))
    }
  }
}
