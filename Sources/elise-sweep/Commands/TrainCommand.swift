import Experiment
import FoundationEssentials
import MPI
import NetworkFiles
import NeuralCore
import Runner
import Scores
import SweepPlan

/// `elise-sweep train`: trains one network and shows its progress.
enum TrainCommand: Command {
  static let syntax = CommandSyntax(
    name: "train",
    summary: "train one network, show its progress, and score its replay",
    operand: nil,
    options: [
      CommandOption(
        "set", value: "KEY=VALUE", isRepeatable: true, "set a parameter; may be repeated"),
      CommandOption("cycles", value: "C", "short for --set training_cycles=C"),
      CommandOption(
        "from", value: "DIR", "train a trial of this result folder again; needs --trial"),
      CommandOption(
        "trial", value: "ID", "the trial, by the first characters of its ID in trials.csv"),
      CommandOption("network", value: "IN.nc", "start from this network instead of a new one"),
      CommandOption("save", value: "OUT.nc", "write the network to a file after the last cycle"),
    ] + RecordingOptions.options + [
      CommandOption(
        "threads", value: "N",
        "threads that compute the network together (default: one for each core that the process may use)"
      ),
      CommandOption("quiet", "print the scores only"),
    ],
    details: """
      `--set pattern=FILE` is required; `elise-sweep parameters` lists all keys. During training,
      the command shows the correlation in free tests, in which the teacher is off, and, in a
      terminal, the notes of the latest one. After training, it shows the notes of the replay and
      the scores.

      With --from and --trial, the parameters are those of a trial of a sweep. The command says if
      the scores of the recall are equal, bit for bit, to those in the table. With --save and
      --record, it hands out the network behind the row.

      A network file has the weights, delays and state of a network, for ELiSe also its scaffold, and
      the learned sequence. --save writes the network after the replay. To write it at the end of
      training, add --set replay_cycles=0. --network continues with a network of ELiSe or one of
      its variants; everything else comes from the parameters, and the sizes must be those of the
      file. It cannot continue with networks of other models: their files do not hold the memory of
      the learning rule.

      A recording holds rates and weights for every model, but no membrane potentials. A recording
      of all cycles of a long training has many gigabytes: 8 bytes for each step of each neuron,
      which are 1.3 MB for a cycle of 250 ms of 63 neurons. Before training, the command says what
      it records and how large the file will be.
      """,
    examples: [
      CommandExample(
        "elise-sweep train --set pattern=sweeps/patterns/fuer_elise.txt --set latent=30",
        "30 latent neurons learn Für Elise"),
      CommandExample(
        "elise-sweep train --set pattern=own.txt --cycles 2000 --save own.nc",
        "trains on your own pattern for 2000 cycles and saves the network"),
      CommandExample(
        "elise-sweep train --set pattern=own.txt --cycles 4000 --network own.nc",
        "continues with this network up to cycle 4000"),
      CommandExample(
        "elise-sweep train --from results/size --trial 3f9a --save best.nc",
        "the network of the trial in results/size whose ID begins with 3f9a"),
      CommandExample(
        "elise-sweep train --set pattern=own.txt --record rates.nc --record-cycles last:1",
        "records the last cycle of the replay"),
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    if let folder = arguments.value("from") {
      for option in ["set", "cycles", "network"] where arguments.has(option) {
        throw UsageError(
          "--\(option): got an option with --from; expected the parameters of the trial alone")
      }
      guard let prefix = arguments.value("trial") else {
        throw UsageError(
          "--from needs --trial ID, an ID of \(folder)/trials.csv or its first characters")
      }
      return try run(StoredTrial(prefix, in: ParsedArguments.storedSweep(at: folder)), arguments)
    }
    guard !arguments.has("trial") else {
      throw UsageError("--trial needs --from DIR, a result folder")
    }
    var overrides = try arguments.overrides()
    guard overrides.contains(where: { $0.key == "pattern" }) else {
      throw UsageError(
        "train: got no pattern; expected --set pattern=FILE, for example "
          + "--set pattern=" + ReadyFiles.path("sweeps/patterns/fuer_elise.txt"))
    }
    if let cycles = arguments.value("cycles") {
      let override = try Override("training_cycles=" + cycles)
      guard !overrides.contains(where: { $0.key == override.key }) else {
        throw UsageError("--cycles and --set training_cycles: got two values; expected one")
      }
      overrides.append(override)
    }
    let given = try arguments.value("network").map { path in
      try NetworkExamination.pass(path)
      try NetworkExamination.checkMemory(path)
      return try Network(contentsOf: path)
    }
    if let given, !overrides.contains(where: { $0.key == "latent" }) {
      overrides.append(try Override("latent=\(given.latent)"))
    }
    let parameters = try ParameterSet(overrides)
    let model = try model(parameters)
    let origin = origin(of: model, parameters)
    if let elise = model.elise {
      let network = try given ?? elise.newNetwork(for: model.task)
      try train(
        model.learner(of: network, in: elise), from: network.cycle, model, origin, arguments)
    } else {
      if arguments.has("network") {
        throw UsageError(
          "--network: got model \(parameters.model.name); expected elise or one of its variants")
      }
      try train(model.newLearner(), from: -1, model, origin, arguments)
    }
    return ExitCode.done
  }

  /// Trains a trial of a sweep again.
  private static func run(_ trial: StoredTrial, _ arguments: ParsedArguments) throws -> Int32 {
    let parameters = trial.trial.parameters
    for warning in trial.warnings { Console.note("warning: " + warning) }
    try checkMemory(trial.memory)
    let model = try trial.model()
    var origin = origin(of: model, parameters)
    origin.trial = "\(trial.trial.id)"
    let scores = try train(model.newLearner(), from: -1, model, origin, arguments)
    let differences = try trial.differences(from: scores)
    let name = "trial \(trial.trial.id)"
    guard differences.isEmpty else {
      Console.note(
        "error: \(name): other scores than in the result folder:\n"
          + differences.map { "  " + $0 }.joined(separator: "\n"))
      return ExitCode.someFailed
    }
    Console.note("\(name): the scores of the recall are equal to those of the table, bit for bit")
    return ExitCode.done
  }

  private static func model(_ parameters: ParameterSet) throws -> TrialModel {
    for warning in parameters.warnings { Console.note("warning: " + warning) }
    func text(_ role: InputFile.Role) throws -> String? {
      try parameters.path(of: role).map { path in
        do {
          let file = try InputFile(role, path)
          for warning in file.warnings(with: parameters) { Console.note("warning: " + warning) }
          return file.text
        } catch {
          throw UsageError("\(role) \(path): \(error)")
        }
      }
    }
    let pattern = try text(.pattern)
    let disruption = try text(.disruption)
    do {
      try checkMemory(
        TrialMemory(
          parameters, patterns: PatternSize.all(parameters, text: pattern), scoreGroups: [.recall]))
      return try TrialModel(parameters, pattern: pattern, disruption: disruption)
    } catch let error as UsageError {
      throw error
    } catch let error as DisruptionError {
      throw UsageError("disruption \(parameters.disruption ?? "none"): \(error)")
    } catch {
      throw UsageError("pattern \(parameters.pattern): \(error)")
    }
  }

  /// Checks that the network fits into the memory, before anything is allocated.
  ///
  /// - Throws: ``UsageError``.
  private static func checkMemory(_ memory: TrialMemory) throws {
    do {
      try AvailableMemory.current(ranks: 1).check(memory)
    } catch {
      throw UsageError("\(error)")
    }
  }

  /// What the files of a network say about it.
  private static func origin(of model: TrialModel, _ parameters: ParameterSet) -> NetworkOrigin {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(parameters) else {
      preconditionFailure("not encodable: \(parameters)")
    }
    return NetworkOrigin(
      model: parameters.model.name, patterns: model.targets.map(\.pattern),
      parameters: String(decoding: json, as: UTF8.self), seed: parameters.seed,
      timeStep: model.constants.timeStep,
      version: "elise-sweep \(Version.number) (\(Version.commit))")
  }

  /// What is trained, in a line: training may use defaults that nobody typed.
  private static func heading(_ model: TrialModel, _ origin: NetworkOrigin, latent: Int) -> String {
    let patterns = origin.patterns.map { "\($0.name) (\(NumberText.counted($0.notes, "note")))" }
    return "\(origin.model), seed \(origin.seed): \(NumberText.counted(latent, "latent neuron")), "
      + patterns.joined(separator: ", ") + ", "
      + NumberText.counted(model.schedule.trainingCycles, "training cycle")
  }

  /// - Returns: The scores of the recall.
  @discardableResult
  private static func train(
    _ learner: any Learner, from cycle: Int, _ model: TrialModel, _ origin: NetworkOrigin,
    _ arguments: ParsedArguments
  ) throws -> ScoreValues {
    var test = RecallTest(model)
    let options = try RecordingOptions(arguments, model, from: cycle, learner)
    let recording = try options.map { options in
      try NetworkRecording(
        creating: options.path, visible: learner.visible, latent: learner.latent,
        arrays: learner.arrays, scope: options.scope,
        targets: model.targets.map { $0.potential.map(model.constants.rate) }, origin: origin)
    }
    func isRecorded(_ cycle: Cycle) -> Bool {
      options?.scope.keeps(cycle, of: model.schedule) == true
    }
    if !arguments.has("quiet") {
      Console.note(heading(model, origin, latent: learner.latent))
      if let options { Console.note(options.summary) }
    }
    var display =
      arguments.has("quiet")
      ? nil
      : TrainingDisplay(
        freeTests: model.schedule.cycles(from: cycle).count(where: \.isFreeTest))
    let threads =
      try arguments.integer("threads", in: SweepArguments.threads) ?? AvailableCores.current.count
    let helping = HelpingThreads(threads - 1)
    defer { withExtendedLifetime(helping) {} }
    try model.simulation(of: learner, from: cycle).run(
      control: CycleControl(team: helping.team)
    ) { cycle in
      isRecorded(cycle) ? .everything : test.needs(cycle) ? .visible : .none
    } observe: { cycle, record in
      guard let record else { return }
      if test.needs(cycle) {
        let visible = isRecorded(cycle) ? model.visiblePart(of: record) : record
        test.observe(cycle, visible)
        if cycle.isFreeTest, let result = test.latestFreeTest {
          display?.show(result) {
            test.notes(of: cycle, visible).map {
              NoteRaster($0.active, against: model.targets[cycle.pattern].pattern)
            }
          }
        }
      }
      guard isRecorded(cycle) else { return }
      try recording?.append(
        cycle: cycle.number, replay: cycle.phase != .training, pattern: cycle.pattern,
        rates: record, arrays: learner.arrays)
    }
    try recording?.close()
    if let path = arguments.value("save") {
      let next = max(cycle, model.schedule.trainingCycles)
      if let elise = learner as? EliseLearner {
        try NetworkFile.write(elise.network(beforeCycle: next), to: path, origin: origin)
      } else {
        try NetworkFile.write(
          learner.arrays, visible: learner.visible, latent: learner.latent, cycle: next, to: path,
          origin: origin)
      }
    }
    for (pattern, notes) in zip(model.targets.map(\.pattern), test.replayedNotes) {
      guard let notes else { continue }
      display?.showReplay(NoteRaster(notes.active, against: pattern), of: pattern.name)
    }
    display?.finish()
    let scores = test.scores
    Console.print(scoreText(scores))
    return scores
  }

  private static func scoreText(_ scores: ScoreValues) -> String {
    let rows = ScoreColumn.columns(for: [.recall]).filter { $0.test != nil }.map { column in
      let text = scores[column].map { score in
        let number =
          switch column.kind {
          case .real: Decimals.significant(score, 4)
          case .integer: NumberText.whole(Int(score))
          case .boolean: column.text(score)
          }
        return number + (column.unit(of: score).map { " \($0)" } ?? "")
      }
      return (column.key, text ?? "missing")
    }
    return TextTable.twoColumns(rows, indent: 0)
  }
}
