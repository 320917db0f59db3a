import Foundation
import Parameters
import TestSupport
import Testing

@testable import SweepPlan

@Suite("A plan holds every trial of a sweep once, in a fixed order")
struct PlanTests {
  func values(_ plan: Plan, _ keys: String...) -> [[String]] {
    (0..<plan.count).map { index in
      keys.map { plan.trial(at: index).parameters[$0].description }
    }
  }

  @Test("The product of the keys, sorted by parameters")
  func product() throws {
    let plan = try expand(grid: "seed: {from: 1, to: 2}\nlatent: [20, 10, 20]")
    #expect(plan.count == 4)
    #expect(
      values(plan, "latent", "seed") == [["10", "1"], ["10", "2"], ["20", "1"], ["20", "2"]])
  }

  @Test("Zipped keys vary together, and with everything else in a product")
  func zips() throws {
    let plan = try expand(
      grid: "zip:\n  delay_max: [10, 5, 10]\n  delay_min: [5, 2.5, 5]\nseed: [1, 2]")
    #expect(
      values(plan, "delay_min", "delay_max", "seed")
        == [["2.5", "5", "1"], ["2.5", "5", "2"], ["5", "10", "1"], ["5", "10", "2"]])
    let two = try Plan(
      readSweep(
        """
        name: s
        fixed: {pattern: ../patterns/fuer_elise.txt}
        grid:
          zip:
            - {latent: [2, 3], seed: [5, 4]}
            - {nudging: [0.1, 0.2], weight_sd: [1, 2]}
        """))
    #expect(
      values(two, "latent", "seed", "nudging", "weight_sd")
        == [
          ["2", "5", "0.1", "1"], ["2", "5", "0.2", "2"], ["3", "4", "0.1", "1"],
          ["3", "4", "0.2", "2"],
        ])
  }

  @Test("Exclusions drop what matches all their keys, and nothing else")
  func exclusions() throws {
    let plan = try expand(
      grid: """
        latent: [10, 20, 30]
        seed: [1, 2, 3]
        exclude:
          - {latent: 10, seed: [1, 3]}
          - {latent: [30]}
          - {seed: 7}
          - {latent: 20.0, seed: 2}
        """)
    #expect(values(plan, "latent", "seed") == [["10", "2"], ["20", "1"], ["20", "3"]])
    #expect(plan.axes.map(\.key) == ["latent", "seed"])
    #expect(plan.axes[0].values == [.integer(10), .integer(20)])
    #expect(plan.axes[1].values == [.integer(1), .integer(2), .integer(3)])
  }

  @Test("Exclusions find zipped values")
  func excludedZip() throws {
    let plan = try expand(
      grid: "zip: {latent: [2, 3, 4], seed: [9, 8, 9]}\nexclude: [{seed: 9, latent: [3, 4]}]")
    #expect(values(plan, "latent", "seed") == [["2", "9"], ["3", "8"]])
  }

  @Test("Combinations that contradict each other may be excluded")
  func excludedConflict() throws {
    let grid = "delay_min: [5, 10]\ndelay_max: [5, 10]"
    #expect(throws: SweepFileError.self) { try expand(grid: grid) }
    let plan = try expand(grid: grid + "\nexclude: [{delay_min: 10, delay_max: 5}]")
    #expect(plan.count == 3)
  }

  @Test("Equal trials of two blocks run once, also where one spells a default out")
  func blocks() throws {
    let plan = try expand(
      grid: "- {latent: [50, 10], seed: [1, 2]}\n- {seed: [3, 2]}\n- {latent: 10, seed: 1}")
    #expect(
      values(plan, "latent", "seed")
        == [["10", "1"], ["10", "2"], ["50", "1"], ["50", "2"], ["50", "3"]])
    #expect(Set(plan.ids).count == plan.count)
    #expect(plan.axes.first?.values == [.integer(10), .integer(50)])
  }

  @Test("A key that only one block sweeps has its other blocks' value on its axis")
  func axes() throws {
    let plan = try expand(grid: "- {latent: [10]}\n- {nudging: [0.1], seed: [5, 6]}")
    #expect(plan.axes.map(\.key) == ["latent", "nudging", "seed"])
    #expect(
      plan.axes.map { $0.values.map(\.description) } == [
        ["10", "50"], ["0.1", "0.6"], ["1", "5", "6"],
      ])
    #expect(plan.conditionKeys == ["latent", "nudging"])
  }

  @Test("Trials that differ only in their replicates share a condition")
  func conditions() throws {
    let plan = try expand(grid: "latent: [9, 10]\nseed: [1, 2]\nnudging: [0.5]")
    let conditions = (0..<plan.count).map { plan.condition(of: plan.trial(at: $0).parameters) }
    #expect(
      conditions.map { $0.values.map(\.description) } == [
        ["9", "0.5"], ["9", "0.5"], ["10", "0.5"], ["10", "0.5"],
      ])
    #expect(conditions[0] == conditions[1])
    #expect(conditions[1] < conditions[2])
  }

  @Test("Integers on a log scale are rounded and counted once")
  func logIntegers() throws {
    let plan = try expand(grid: "latent: {from: 2, to: 8, points: 9, scale: log}")
    #expect(plan.axes[0].values.map(\.description) == ["2", "3", "4", "5", "6", "7", "8"])
    let top = try expand(
      grid: "seed: {from: 1, to: \(Int.max), points: 4, scale: log}")
    #expect(top.axes[0].values.last == .integer(.max))
  }

  @Test("The order of keys and values in the file does not matter")
  func order() throws {
    let one = try Plan(
      readSweep(
        """
        name: s
        fixed: {pattern: ../patterns/fuer_elise.txt, nudging: 0.5, weight_sd: 1}
        grid: {latent: [10, 20], seed: [1, 2], zip: {delay_min: [1, 2], delay_max: [3, 4]}}
        """))
    let other = try Plan(
      readSweep(
        """
        grid: {zip: {delay_max: [4, 3], delay_min: [2, 1]}, seed: [2, 1], latent: [20, 10]}
        fixed: {weight_sd: 1.0, nudging: 5e-1, pattern: ../patterns/fuer_elise.txt}
        name: t
        """))
    #expect(one.ids == other.ids)
  }

  @Test(
    "Each identity is the one of the trial's own parameters", arguments: ["size", "everything"])
  func identities(name: String) throws {
    let plan = try Plan(SweepFile(contentsOf: Fixtures.url("sweeps/\(name).yaml").path))
    for index in 0..<plan.count {
      let trial = plan.trial(at: index)
      #expect(trial.index == index)
      #expect(trial.inputs.pattern == plan.file(.pattern, of: trial)?.contentHash)
      #expect(trial.inputs.disruption == nil)
      #expect(trial.id == trial.parameters.id(trial.inputs))
      #expect(
        try ParameterSet(
          Dictionary(uniqueKeysWithValues: zip(Parameter.all.map(\.key), trial.parameters.values)))
          == trial.parameters)
    }
    #expect(Set(plan.ids).count == plan.count)
    #expect(plan.count == ["size": 12, "everything": 26 + 6 + 6][name])
  }

  @Test("Two copies of one pattern make one trial, two patterns two")
  func patterns() throws {
    let header = "# nNeurons: 1 nSteps: 2\n"
    try withTemporaryFolder { folder in
      func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      }
      try write("a.txt", header + "1 0")
      try write("b.txt", header + "1 0")
      try write("c.txt", header + "0 1")
      try write("s.yaml", "{name: s, grid: {pattern: [a.txt, b.txt, c.txt], seed: [1, 2]}}")
      let plan = try Plan(SweepFile(contentsOf: folder.appendingPathComponent("s.yaml").path))
      #expect(
        values(plan, "pattern", "seed") == [
          ["a.txt", "1"], ["a.txt", "2"], ["c.txt", "1"], ["c.txt", "2"],
        ])
      #expect(plan.file(.pattern, of: plan.trial(at: 3))?.text == header + "0 1")
      // The same trials when a pattern moves, others when it changes.
      try write("c.txt", header + "0 0")
      let changed = try Plan(SweepFile(contentsOf: folder.appendingPathComponent("s.yaml").path))
      #expect(changed.ids[..<2] == plan.ids[..<2])
      #expect(changed.ids[2] != plan.ids[2])
    }
  }

  /// If this fails, a copied pattern hides what differs between the sweeps of two folders.
  @Test("Files with the same content are no difference") func differences() throws {
    try withTemporaryFolder { folder in
      for (name, notes) in [("a", "1 0"), ("b", "1 0"), ("c", "0 1")] {
        try Data("# nNeurons: 1 nSteps: 2\n\(notes)".utf8)
          .write(to: folder.appendingPathComponent(name))
      }
      func plan(_ pattern: String, seed: Int) throws -> Plan {
        let text = "{name: s, fixed: {pattern: \(pattern)}, grid: {seed: [\(seed)]}}"
        return try Plan(
          SweepFile(Array(text.utf8), path: folder.appendingPathComponent("s.yaml").path))
      }
      let first = try plan("a", seed: 1)
      #expect(try first.differences(from: plan("b", seed: 1)).isEmpty)
      #expect(try first.differences(from: plan("b", seed: 2)) == ["seed 1 against 2"])
      let changed = try first.differences(from: plan("c", seed: 1))
      #expect(changed.count == 1 && changed[0].hasPrefix("pattern a ("), "\(changed)")
    }
  }

  @Test("Disruptions count by their content, and an undisturbed replay is a trial of its own")
  func disruptions() throws {
    let full = "t_start: 0 t_end: 200 nrn_start: 0 nrn_end: 1 offset_el: 15"
    let part = "t_start: 0 t_end: 100 nrn_start: 0 nrn_end: 1 offset_el: 15"
    try withTemporaryFolder { folder in
      func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      }
      func plan() throws -> Plan {
        try Plan(SweepFile(contentsOf: folder.appendingPathComponent("s.yaml").path))
      }
      try write("p.txt", "# nNeurons: 1 nSteps: 2\n1 0")
      for (name, text) in [("a", full), ("b", part), ("c", full)] { try write(name, text) }
      try write(
        "s.yaml",
        "{name: s, fixed: {pattern: p.txt}, grid: {disruption: [c, none, b, a], seed: [1, 2]}}")
      let first = try plan()
      #expect(
        values(first, "disruption", "seed") == [
          ["none", "1"], ["none", "2"], ["a", "1"], ["a", "2"], ["b", "1"], ["b", "2"],
        ])
      #expect(
        (0..<6).map { first.file(.disruption, of: first.trial(at: $0))?.text }
          == [nil, nil, full, full, part, part])
      for index in 0..<6 {
        let trial = first.trial(at: index)
        #expect(trial.id == trial.parameters.id(trial.inputs))
        #expect(
          trial.inputs.disruption == first.file(.disruption, of: trial)?.contentHash)
      }
      #expect(first.files.map(\.path) == ["p.txt", "a", "b", "c"])
      #expect(first.texts.count == 3)

      try write("b", part + "\n" + part)
      #expect(try plan().ids[..<4] == first.ids[..<4])
      #expect(try Set(plan().ids[4...]).isDisjoint(with: first.ids))
    }
  }

  /// If this fails, trials that a user meant to exclude run without a word.
  @Test(
    arguments: [
      ("latent: [10, 20]\nexclude: [{latent: 30}]", "6:14", "latent: 30"),
      (
        "latent: [10, 20]\nseed: [1, 2]\nexclude:\n  - {latent: 10, seed: 2}\n"
          + "  - {latent: 10, seed: [3, 4]}", "9:8", "latent: 10, seed: [3, 4]"
      ),
      (
        "zip: {latent: [10, 20], nudging: [0.1, 0.2]}\nexclude: [{latent: 10, nudging: 0.2}]",
        "6:14", "latent: 10, nudging: 0.2"
      ),
      ("latent: [10, 20]\nexclude: [{latent: 10}, {latent: [10, 30]}]", nil, ""),
    ] as [(String, String?, String)])
  func exclusionsWithoutTrials(grid: String, mark: String?, found: String) throws {
    let warning = mark.map {
      "s.yaml:\($0): exclude: got {\(found)}, which no trial of this block matches; "
        + "expected values that occur together"
    }
    #expect(try expand(grid: grid).warnings.map(\.withoutFixtures) == (warning.map { [$0] } ?? []))
  }

  @Test("Generated patterns are told apart by all that makes them, and grow with the grid")
  func generated() throws {
    func plan(_ lengths: String, _ more: String = "") throws -> Plan {
      try Plan(
        readSweep(
          """
          name: s
          fixed: {pattern: generated, vocabulary: 3}
          grid:
            - {sequence_length: \(lengths), order: [1, 2], visible: [none, 5], pattern_seed: [none, 1]}
            - {sequence_length: 9, order: 1}
          \(more)
          """), validateRequest: { _ in })
    }
    let small = try plan("[9, 10]")
    #expect(small.count == 16)
    #expect(small.axes.map(\.key) == ["sequence_length", "order", "visible", "pattern_seed"])
    #expect(small.conditionKeys == ["sequence_length", "order", "visible"])
    for index in 0..<small.count {
      let trial = small.trial(at: index)
      #expect(trial.inputs == TrialInputs())
      #expect(small.file(.pattern, of: trial) == nil)
      #expect(trial.id == trial.parameters.id(TrialInputs()))
      let request = try #require(trial.parameters.patternRequest)
      #expect(request.visible == (trial.parameters.visible ?? 3))
    }
    let large = try plan(
      "[9, 10, 11]",
      "  - {sequence_length: 12, order: 4, disruption: ../disruptions/one_neuron.txt}")
    #expect(large.count == 25)
    #expect(Set(small.ids).isSubset(of: large.ids))
  }

  @Test("Each distinct request of a trial is looked into once, however many trials have it")
  func requests() throws {
    var seen: [PatternRequest] = []
    let plan = try Plan(
      readSweep(
        """
        name: s
        fixed: {pattern: generated, vocabulary: 3, order: 2}
        grid:
          - sequence_length: [7, 8, 9]
            visible: [none, 3, 4]
            pattern_seed: [1, 2]
            seed: [1, 2]
            exclude: [{sequence_length: 8, visible: 4}, {sequence_length: 9}]
          - {sequence_length: [8], latent: [10, 20]}
          - {sequence_length: 9}
        """)
    ) { seen.append($0) }
    #expect(plan.count == 20 + 2 + 1)
    #expect(
      seen
        == [(7, 3), (7, 4), (8, 3), (9, 3)].map { length, visible in
          PatternRequest(length: length, vocabulary: 3, order: 2, visible: visible)
        })
    _ = try Plan(readSweep("{name: s, grid: {pattern: ../patterns/fuer_elise.txt}}")) { _ in
      Issue.record("a pattern file is no request")
    }
  }

  @Test("One sweep may have blocks of files and of generated patterns")
  func mixed() throws {
    let plan = try Plan(
      readSweep(
        """
        name: s
        grid:
          - {pattern: ../patterns/fuer_elise.txt, seed: [1, 2]}
          - {pattern: generated, sequence_length: 9, vocabulary: 3, order: 2, seed: [1, 2]}
        """), validateRequest: { _ in })
    #expect(
      (0..<4).map { plan.trial(at: $0).parameters.patternRequest?.length } == [nil, nil, 9, 9])
    #expect((0..<4).map { plan.trial(at: $0).inputs.pattern == nil } == [false, false, true, true])
  }

  @Test("Growing a grid keeps the identities of what was there")
  func growth() throws {
    let small = try expand(grid: "latent: [10, 20]\nseed: [1, 2]")
    let large = try expand(grid: "latent: [10, 15, 20]\nseed: [1, 2, 3]\nnudging: [0.6, 0.7]")
    #expect(Set(small.ids).isSubset(of: large.ids))
  }

  @Test("Random grids expand to what a plain expansion gives", arguments: 0..<20)
  func plainExpansion(seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    func list(_ first: Int) -> [Int] { (0...random(4)).map { _ in first + random(5) } }
    var expected: Set<[Int]> = []
    var grid = ""
    for _ in 0...random(3) {
      let (latent, cycles, seeds) = (list(2), list(10), list(0))
      let excluded = (latent[0], seeds[0])
      let block = latent.flatMap { l in cycles.flatMap { c in seeds.map { [l, c, $0] } } }
        .filter { ($0[0], $0[2]) != excluded }
      if block.isEmpty { continue }
      expected.formUnion(block)
      grid += "- {seed: \(seeds), latent: \(latent), training_cycles: \(cycles), "
      grid += "exclude: [{latent: \(excluded.0), seed: \(excluded.1)}]}\n"
    }
    if expected.isEmpty { return }
    let plan = try expand(grid: grid)
    let found = (0..<plan.count).map { index in
      let parameters = plan.trial(at: index).parameters
      return [parameters.latent, parameters.trainingCycles, parameters.seed]
    }
    #expect(found.count == expected.count)
    #expect(Set(found) == expected)
  }

  @Test("In a large plan every trial is distinct and can be reached")
  func large() throws {
    let plan = try expand(
      grid: """
        - {latent: {from: 2, to: 101}, nudging: {from: 0, to: 0.9, step: 0.1}, seed: {from: 1, to: 50}}
        - {latent: [50], seed: {from: 51, to: 10000}, exclude: [{seed: 10000}]}
        """)
    #expect(plan.count == 50_000 + 9949)
    #expect(Set(plan.ids).count == plan.count)
    #expect(plan.trial(at: 49_999).parameters.latent == 101)
    #expect(plan.trial(at: plan.count - 1).parameters.seed == 9999)
    for index in stride(from: 0, to: plan.count, by: 997) {
      let trial = plan.trial(at: index)
      #expect(trial.id == trial.parameters.id(trial.inputs))
    }
  }
}
