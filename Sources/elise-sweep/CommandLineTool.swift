import CMalloc
import Glibc

/// The program: finds the command, runs it, and turns errors into a message and an exit code.
@main
enum CommandLineTool {
  static func main() {
    elise_return_large_blocks()
    // A file size limit and a closed pipe are reported as errors instead of ending the program.
    signal(SIGXFSZ, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    Console.occupyStandardStreams()
    let code = run(Array(CommandLine.arguments.dropFirst()))
    exit(Console.hasFailed ? ExitCode.internalError : code)
  }

  static func run(_ arguments: [String]) -> Int32 {
    do {
      guard let first = arguments.first else {
        Console.note(
          HelpCommand.firstSteps(
            width: TextTable.width(in: Console.isTerminal ? Console.columns : nil)))
        return ExitCode.usage
      }
      switch first {
      case "--help", "-h":
        Console.print(HelpCommand.overview())
        return ExitCode.done
      case NetworkExamination.word:
        return NetworkExamination.examine(arguments.dropFirst().first ?? "")
      case "--version":
        Console.print("elise-sweep \(Version.number) (\(Version.commit))")
        return ExitCode.done
      default:
        return try Commands.named(first).run(Array(arguments.dropFirst()))
      }
    } catch {
      return ExitCode.report(error)
    }
  }
}
