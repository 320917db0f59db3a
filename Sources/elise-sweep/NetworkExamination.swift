import Glibc
import NetworkFiles
import NeuralCore

/// Lets a process of its own read a network file first.
///
/// The HDF5 library trusts what a file says of itself: some flipped bits make it crash or run for
/// ever (seen with version 1.10.8). No checksum of ours could stand before it, since files of other
/// programs, and ours after somebody has changed a weight, shall be read too. So a child reads the
/// file and says nothing; where it comes to its end, in whichever way, this process can read it too.
enum NetworkExamination {
  /// The command by which the child is told to do so. Not for users.
  static let word = "examine-network"

  /// Whether a file can be read without harm; what it holds is another question.
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
    // Where no process can be started, the file is read as it is.
    guard posix_spawn(&child, "/proc/self/exe", &actions, nil, words, environ) == 0 else { return }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    guard signal == 0 else {
      throw NetworkFileError.unreadable(
        path: path,
        reason: signal == SIGXCPU || signal == SIGKILL
          ? "the NetCDF library does not come to an end with it"
          : "the NetCDF library crashes on it (signal \(signal))")
    }
  }

  /// Reads a file, which may end this process.
  static func examine(_ path: String) -> Int32 {
    var size = stat()
    stat(path, &size)
    // Many times what a file takes that is in order.
    let seconds = rlim_t(2 + size.st_size / 20_000_000)
    var time = rlimit(rlim_cur: seconds, rlim_max: seconds + 1)
    setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &time)
    var core = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
    do {
      _ = try Network(contentsOf: path)
      return ExitCode.done
    } catch {
      return ExitCode.usage
    }
  }
}
