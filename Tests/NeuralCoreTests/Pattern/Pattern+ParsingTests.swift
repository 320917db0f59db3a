import NeuralCore
import TestSupport
import Testing

/// If these fail, a pattern file is misread, or its error message does not help.
@Suite struct PatternParsingTests {
  private static let header = "# name: scale nNeurons: 2 nSteps: 3"
  private static let rows = [[true, false], [false, true], [false, true]]

  @Test("The paper's pattern is read")
  func fuerElise() throws {
    let pattern = try Pattern.all(parsing: Fixtures.text("patterns/fuer_elise.txt"))[0]
    #expect(pattern.name == "fuer_elise")
    #expect(pattern.visible == 13 && pattern.notes == 25)
    #expect(pattern.distinctColumns == 15)
    #expect(
      (0..<6).map { pattern.isActive(0, inNote: $0) } == [
        false, true, false, true, false, true,
      ])
  }

  @Test(
    "Line ends, blank lines, comments, separators and the way to write 0 and 1 do not matter",
    arguments: [
      "\(header)\n1 0 0\n0 1 1",
      "\(header)\n1 0 0\n0 1 1\n",
      "\(header)\n1 0 0\n0 1 1\n\n  \n\n",
      "\(header)\n\n1 0 0\n\n0 1 1\n",
      "\(header)\r\n1 0 0\r\n0 1 1\r\n",
      "\(header)\r\n1 0 0\r\n0 1 1\r\n\r\n",
      "\(header)  \n 1\t0  0 \n0 1 1\t\n", "\(header)\r1 0 0   \r  0 1 1 \t \r",
      "# nSteps: 3 nNeurons: 2 name: scale\n1 0 0\n0 1 1\n",
      "\(header)\n# made by hand\n1,0,0\n#0 0 0\n0, 1, 1,\n", "\(header)\n1;0;0\n0;\t1 ;1\n# end\n",
      "\(header)\n1.0 0. .0\n0e0 1e0 +1\n",
      "\(header)\n1.000000000000000000e+00 0.000000000000000000e+00 0.000000000000000000e+00\n0 1 1\n",
    ])
  func layouts(text: String) throws {
    #expect(try Pattern.all(parsing: text)[0] == Pattern(name: "scale", columns: Self.rows))
  }

  private static let analog = "# name: wave nNeurons: 2 nSteps: 3 values: analog"
  private static let levels = [[0, 1], [0.25, 0.5], [1, 0]]

  @Test(
    "An analog pattern holds numbers from 0 to 1, however they are written",
    arguments: [
      "\(analog)\n0 0.25 1\n1 0.5 0", "\(analog)\r\n0.0,2.5e-1,1.0\r\n1;.5;-0\r\n",
      "# values: analog nNeurons: 2 nSteps: 3 name: wave\n# by hand\n0 0.25 1\n1 0.5 0\n",
    ])
  func levels(text: String) throws {
    let pattern = try Pattern.all(parsing: text)[0]
    #expect(pattern == Pattern(name: "wave", levels: Self.levels))
    #expect(pattern.isAnalog && pattern.visible == 2 && pattern.notes == 3)
    #expect(try Pattern.all(parsing: Pattern.text(of: [pattern])) == [pattern])
    #expect(Pattern.text(of: [pattern]) == "\(Self.analog)\n0.0 0.25 1.0\n1.0 0.5 0.0\n")
  }

  @Test("Notes and levels stand in one file, each after its own header")
  func bothKinds() throws {
    let text = "\(Self.header)\n1 0 0\n0 1 1\n\(Self.analog)\n0 0.25 1\n1 0.5 0\n"
    let patterns = try Pattern.all(parsing: text)
    #expect(patterns.map(\.isAnalog) == [false, true])
    #expect(try Pattern.all(parsing: Pattern.text(of: patterns)) == patterns)
    let both = patterns.sideBySide()
    #expect(both.map(\.isAnalog) == [false, true])
    #expect((0..<4).map { both[1].level($0, inNote: 1) } == [0, 0, 0.25, 0.5])
    #expect(both[0].column(0) == [true, false, false, false])
  }

  @Test("A pattern without a name gets one")
  func unnamed() throws {
    #expect(try Pattern.all(parsing: "# nNeurons: 1 nSteps: 1\n1")[0].name == "unnamed")
  }

  @Test("Each header begins another pattern, and a fault is found in any of them")
  func several() throws {
    let text = "\(Self.header)\n1 0 0\n0 1 1\n\n# name: tail nNeurons: 1 nSteps: 2\n0 1\n"
    let patterns = try Pattern.all(parsing: text)
    #expect(patterns.map(\.name) == ["scale", "tail"])
    #expect(patterns.map(\.visible) == [2, 1])
    #expect(patterns.map(\.notes) == [3, 2])
    #expect(patterns[1].column(1) == [true])
    for (bad, message) in [
      ("# tail\n0 1\n", "line 1: got 3 rows below the header; expected 2"),
      ("# name: tail\n0 1\n", "line 5: got \"# name: tail\"; expected a header like"),
      ("# nNeurons: 1 nSteps: 0\n", "line 5: nSteps: got \"0\""),
      ("# nNeurons: 2 nSteps: 2\n0 1\n", "line 5: got 1 rows below the header; expected 2"),
      ("# nNeurons: 1 nSteps: 2\n0 x\n", "line 6, value 2: got \"x\""),
    ] {
      let error = #expect(throws: PatternError.self) {
        try Pattern.all(parsing: "\(Self.header)\n1 0 0\n0 1 1\n\n\(bad)")
      }
      #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }
  }

  @Test("Side by side, each pattern plays on neurons of its own and the others are silent")
  func sideBySide() throws {
    let first = Pattern(name: "a", columns: [[true, false], [false, true], [true, true]])
    let second = Pattern(name: "b", columns: [[true], [false]])
    let both = [first, second].sideBySide()
    #expect(both.map(\.visible) == [3, 3])
    #expect(both.map(\.notes) == [3, 2])
    #expect(
      (0..<3).map(both[0].column) == [
        [true, false, false], [false, true, false], [true, true, false],
      ])
    #expect((0..<2).map(both[1].column) == [[false, false, true], [false, false, false]])
    #expect([first].sideBySide() == [first])
  }

  @Test("The corpus of the fuzzer is read, or refused with a line")
  func fuzzed() throws {
    for reader in ["pattern", "disruption"] {
      let corpus = try Fixtures.fuzzed(reader)
      #expect(!corpus.isEmpty)
      for (name, bytes) in corpus {
        let text = String(decoding: bytes, as: UTF8.self)
        do {
          if reader == "pattern" {
            #expect(try Pattern.all(parsing: text).allSatisfy { $0.visible > 0 && $0.notes > 0 })
          } else {
            #expect(try !Disruption(parsing: text).spans.isEmpty)
          }
        } catch {
          #expect("\(error)".contains("line"), "\(name): \(error)")
        }
      }
    }
  }

  static let faults = [
    (
      "",
      "line 1: got \"\"; expected a header like \"# name: fuer_elise nNeurons: 13 nSteps: 25\""
    ),
    (
      "1 0 0\n0 1 1\n",
      "line 1: got \"1 0 0\"; expected a header like "
        + "\"# name: fuer_elise nNeurons: 13 nSteps: 25\""
    ),
    (
      "# nSteps: 3\n",
      "line 1: got \"# nSteps: 3\"; expected a header like "
        + "\"# name: fuer_elise nNeurons: 13 nSteps: 25\""
    ),
    (
      "# nNeurons: 2 nSteps: many\n",
      "line 1: nSteps: got \"many\"; expected a whole number from 1 to 100000"
    ),
    (
      "# nNeurons: 2\n", "line 1: nSteps: got nothing; expected a whole number from 1 to 100000"
    ),
    (
      "# nSteps: 2 nNeurons:\n",
      "line 1: nNeurons: got nothing; expected a whole number from 1 to 100000"
    ),
    (
      "# nNeurons: 0 nSteps: 3\n",
      "line 1: nNeurons: got \"0\"; expected a whole number from 1 to 100000"
    ),
    (
      "# nNeurons: 100001 nSteps: 3\n",
      "line 1: nNeurons: got \"100001\"; expected a whole number from 1 to 100000"
    ),
    (
      "# nNeurons: 1000 nSteps: 10001\n",
      "line 1: nSteps: got \"10001\"; expected a whole number from 1 to 10000"
    ),
    (
      "\(header)\n1 0 0\n",
      "line 1: got 1 rows below the header; expected 2 (nNeurons, one row per visible neuron)"
    ),
    (
      "\(header)\n1 0 0\n0 1 1\n0 0 0\n",
      "line 1: got 3 rows below the header; expected 2 (nNeurons, one row per visible neuron)"
    ),
    (
      "\(header)\n1 0 0\n\n0 1\n",
      "line 4: got 2 values; expected 3 (nSteps, one per note), separated by "
        + "blanks, tabs, commas or semicolons"
    ),
    (
      "\(header)\r\n1 0 0 1\r\n0 1 1\r\n",
      "line 2: got 4 values; expected 3 (nSteps, one per note), separated by "
        + "blanks, tabs, commas or semicolons"
    ),
    ("\(header)\n1,0,0\n0,,1,1\n", "line 3, value 2: got \"\"; expected 0 or 1"),
    ("\(header)\n1;0;0\n;0;1;1\n", "line 3, value 1: got \"\"; expected 0 or 1"),
    ("\(header)\n1 0 0\n0 0x1 1\n", "line 3, value 2: got \"0x1\"; expected 0 or 1"),
    ("\(header)\n1 0 0\n0 0.5 1\n", "line 3, value 2: got \"0.5\"; expected 0 or 1"),
    ("\(header)\n1 0 0\n0 2 1\n", "line 3, value 2: got \"2\"; expected 0 or 1"),
    (
      "\(analog)\n0 0.5 1.01\n1 0 0\n",
      "line 2, value 3: got \"1.01\"; expected a number from 0 to 1"
    ),
    (
      "\(analog)\n0 0.5 1\n1 -0.1 0\n",
      "line 3, value 2: got \"-0.1\"; expected a number from 0 to 1"
    ),
    ("\(analog)\n0 nan 1\n1 0 0\n", "line 2, value 2: got \"nan\"; expected a number from 0 to 1"),
    ("\(analog)\n0,,1\n1 0 0\n", "line 2, value 2: got \"\"; expected a number from 0 to 1"),
    (
      "\(header) values: analogue\n1 0 0\n0 1 1\n",
      "line 1: values: got \"analogue\"; expected analog, or no such key for notes"
    ),
    (
      "\(header) values:\n1 0 0\n0 1 1\n",
      "line 1: values: got nothing; expected analog, or no such key for notes"
    ),
    (
      "\(header)\n# values: analog\n1 0 0\n0 1 1\n",
      "line 1: got 0 rows below the header; expected 2 (nNeurons, one row per visible neuron)"
    ),
    (
      "\(header)\n1 0 averyveryverylongword\n0 1 1\n",
      "line 2, value 3: got \"averyveryverylongwor\"; expected 0 or 1"
    ),
  ]

  @Test("An error says what is wrong, and in which line", arguments: faults)
  func fault(text: String, message: String) {
    do {
      let pattern = try Pattern.all(parsing: text)[0]
      Issue.record("read as \(pattern)")
    } catch {
      #expect("\(error)" == message)
    }
  }
}
