import Glibc
import NetworkFiles
import NeuralCore
import Runner
import SweepPlan

/// Reads a network file in a separate process first.
///
/// The HDF5 library trusts the contents of a file: some flipped bits make it crash or run for ever
/// (seen with version 1.10.8). A checksum cannot prevent that, since files of other programs and
/// edited files must be readable too. So a child process reads the file without output; if it ends
/// by itself, with or without an error, this process can read the file as well.
enum NetworkExamination {
  /// The command of the child process. Not for users.
  static let word = "examine-network"

  /// Checks that a file can be read without a crash; its contents may still be wrong.
  ///
  /// - Throws: `NetworkFileError.unreadable`.
  static func pass(_ path: String) throws {
    var child: pid_t = 0
    var words: [UnsafeMutablePointer<CChar>?] = []
    for text in ["elise-sweep", word, path] { words.append(strdup(text)) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
    }
    // If no process can be started, the file is read without this check.
    guard posix_spawn(&child, "/proc/self/exe", &actions, nil, words, environ) == 0 else { return }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    guard signal == 0 else {
      throw NetworkFileError.unreadable(
        path: path,
        reason: signal == SIGXCPU || signal == SIGKILL
          ? "the NetCDF library hangs on it"
          : "the NetCDF library crashes on it (signal \(signal))")
    }
  }

  /// Checks that a network fits into the memory, before it is read.
  ///
  /// - Throws: ``UsageError``, or `NetworkFileError`.
  static func checkMemory(_ path: String) throws {
    let neurons = try NetworkFile.neurons(in: path)
    do {
      try AvailableMemory.current(ranks: 1).check(
        TrialMemory(
          network: NetworkFile.readingBytes(neurons: neurons), record: 0, neurons: neurons))
    } catch {
      throw UsageError("\(path): \(error)")
    }
  }

  /// Reads a file in the child process, which may crash.
  static func examine(_ path: String) -> Int32 {
    // The handler of the program would end this process by an exit code.
    signal(SIGABRT, SIG_DFL)
    var size = stat()
    stat(path, &size)
    // Many times the time that an intact file needs.
    let seconds = rlim_t(2 + size.st_size / 20_000_000)
    var time = rlimit(rlim_cur: seconds, rlim_max: seconds + 1)
    setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &time)
    var core = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
    do {
      // For one that does not fit, the same error follows in the parent.
      try checkMemory(path)
      _ = try Network(contentsOf: path)
      return ExitCode.done
    } catch {
      return ExitCode.usage
    }
  }
}
