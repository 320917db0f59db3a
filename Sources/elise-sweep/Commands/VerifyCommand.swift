import Experiment
import Journal
import Report
import Runner
import SweepPlan

/// `elise-sweep verify`: checks that this program computes the results of a folder.
enum VerifyCommand: Command {
  static let syntax = CommandSyntax(
    name: "verify",
    summary: "repeat some finished trials and compare their results bit by bit",
    operand: "DIR",
    options: [
      CommandOption("sample", value: "K", "number of trials, spread over the sweep (default: 3)"),
      CommandOption("quiet", "print differences only"),
    ],
    details: """
      Results have the same bits for any number of ranks and on every x86-64 processor with AVX2
      and FMA. Another version of OpenBLAS or of the C library can change the last digits; this
      command reports that as a difference.
      """,
    lists: [
      (
        "Exit codes",
        [
          ("0", "all results are equal"), ("1", "some results differ"),
          ("2", "wrong usage, or DIR has no finished trial"), ("70", "internal error"),
        ]
      )
    ],
    examples: [
      CommandExample("elise-sweep verify results/size", "repeats three trials"),
      CommandExample("elise-sweep verify results/size --sample 20", "repeats twenty trials"),
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let count = try arguments.integer("sample", in: 1...1_000_000) ?? 3
    let stored = try arguments.storedSweep(of: syntax.name)
    let (plan, journal) = (stored.plan, stored.journal)
    // Trials run one after another, each on all cores.
    let helping = HelpingThreads(AvailableCores.current.count - 1)
    defer { withExtendedLifetime(helping) {} }
    let verification = try Verification(
      sweep: stored.sweep, plan: plan, journal: journal, team: helping.team)
    let sample = verification.sample(count)
    guard !sample.isEmpty else {
      throw UsageError("verify: \(stored.folder.path) holds no finished trial of its sweep")
    }
    if !arguments.has("quiet") {
      let reader = TrialScoresReader([])
      let seconds = sample.reduce(0.0) { sum, number in
        let row = journal.rows[plan.ids[number]]
        return sum + (row.flatMap { try? reader.read(journal.content(of: $0)) }?.cost.seconds ?? 0)
      }
      Console.note(
        "repeating \(NumberText.counted(sample.count, "finished trial")) "
          + "(their first runs took \(NumberText.duration(seconds)))")
    }
    var different = 0
    for (place, number) in sample.enumerated() {
      let result = try verification.check(number)
      let name = "trial \(place + 1) of \(sample.count), \(result.trial.name(in: plan))"
      if !result.differences.isEmpty {
        different += 1
        Console.print(
          "\(name): different\n" + result.differences.map { "  " + $0 }.joined(separator: "\n"))
      } else if !arguments.has("quiet") {
        Console.print("\(name): equal, bit for bit")
      }
    }
    if !arguments.has("quiet") || different > 0 {
      let trials = sample.count == 1 ? "1 trial has" : "\(sample.count) trials have"
      Console.print("\(sample.count - different) of \(trials) the same results")
    }
    return different == 0 ? ExitCode.done : ExitCode.someFailed
  }
}
