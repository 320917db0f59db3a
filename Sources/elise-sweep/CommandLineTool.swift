import CMalloc
import Glibc

/// The program: finds the command, runs it, and turns errors into a message and an exit code.
@main
enum CommandLineTool {
  static func main() {
    elise_return_large_blocks()
    shareHeaps()
    // Whoever started the program may have blocked signals, such as SIGTERM.
    var none = sigset_t()
    sigemptyset(&none)
    sigprocmask(SIG_SETMASK, &none, nil)
    // A file size limit and a closed pipe are reported as errors instead of ending the program.
    signal(SIGXFSZ, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    reportAborts()
    Console.occupyStandardStreams()
    let code = run(Array(CommandLine.arguments.dropFirst()))
    exit(Console.hasFailed ? ExitCode.internalError : code)
  }

  /// Ends an aborted program with a sentence. The Swift runtime aborts if it cannot allocate memory.
  private static func reportAborts() {
    signal(SIGABRT) { _ in
      // Only system calls are allowed here.
      let text: StaticString =
        "error: the program was aborted, most likely because no memory was left; finished trials are in the journal\n"
      write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
      _exit(70)
    }
  }

  /// Makes threads share heaps if `ulimit -v` leaves no room for one each.
  ///
  /// The GNU library reserves 128 MB of addresses for the heap of a thread. If it cannot have them, each
  /// allocation tries again, which takes a hundred times as long.
  private static func shareHeaps() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur != .max
    else { return }
    elise_share_heaps(Int32(clamping: max(1, limit.rlim_cur >> 31)))
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
