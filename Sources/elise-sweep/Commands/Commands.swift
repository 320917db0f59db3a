import SweepPlan

/// All commands.
enum Commands {
  /// In the order of the help.
  static var all: [any Command.Type] {
    [
      RunCommand.self, PlanCommand.self, StatusCommand.self, MergeCommand.self, ReportCommand.self,
      CompareCommand.self, VerifyCommand.self, TrainCommand.self, InitCommand.self,
      BenchCommand.self, ParametersCommand.self, HelpCommand.self, CompletionsCommand.self,
    ]
  }

  /// The command with a name.
  ///
  /// - Throws: ``UsageError``.
  static func named(_ name: String) throws -> any Command.Type {
    if let command = all.first(where: { $0.syntax.name == name }) { return command }
    let names = all.map { $0.syntax.name }
    guard !name.hasPrefix("-") else {
      throw UsageError(
        "got the option \(name) before the command; expected elise-sweep COMMAND [options], "
          + "with COMMAND one of " + names.joined(separator: ", "))
    }
    let isSweepFile = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    throw UsageError(
      "unknown command \(name)"
        + (isSweepFile
          ? ", did you mean elise-sweep run \(name)?" : didYouMean(name.nearest(of: names)))
        + "; expected " + names.joined(separator: ", "))
  }
}
