import Foundation

/// The processes of an MPI job on this machine.
public enum RunningRanks {
  /// The ranks that a launcher started, with their processes; none that has not become one yet.
  public static func of(_ launcher: pid_t) throws -> [(rank: Int, process: pid_t)] {
    let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc")
      .compactMap { pid_t($0) }
    let parents = Dictionary(
      processes.compactMap { process in status(process).map { (process, $0.parent) } }
    ) { $1 }
    func isBelow(_ process: pid_t) -> Bool {
      var process = process
      while let parent = parents[process], parent > 1 {
        if parent == launcher { return true }
        process = parent
      }
      return false
    }
    return processes.filter(isBelow).compactMap { process in
      rank(process).map { ($0, process) }
    }
  }

  /// Whether a process has not ended. One that only waits to be counted has.
  public static func isAlive(_ process: pid_t) -> Bool {
    status(process).map { $0.state != "Z" && $0.state != "X" } ?? false
  }

  /// Time that cores have spent on a process [s]; 0 if there is none.
  public static func coreSeconds(of process: pid_t) -> Double {
    Double(status(process)?.ticks ?? 0) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// What a process that should have ended is doing, for a message: its state, where it waits in the
  /// system, and where there is gdb the calls of each thread.
  public static func account(of process: pid_t) -> String {
    func text(_ name: String) -> String {
      FileManager.default.contents(atPath: "/proc/\(process)/\(name)").map {
        String(decoding: $0, as: UTF8.self).replacing("\0", with: " ")
      } ?? ""
    }
    let state = status(process).map { "state \($0.state), parent \($0.parent)" } ?? "gone"
    let calls = try? run(
      "gdb", ["-p", "\(process)", "-batch", "-ex", "thread apply all bt 12"],
      timeout: .seconds(20))
    return "\(process) (\(text("cmdline").prefix(60))): \(state), waits in \(text("wchan"))\n"
      + (calls?.output.split(separator: "\n").filter { $0.hasPrefix("#") || $0.hasPrefix("Thread") }
        .joined(separator: "\n") ?? "")
  }

  private static func status(_ process: pid_t) -> (state: Substring, parent: pid_t, ticks: Int)? {
    guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat") else {
      return nil
    }
    // The name, in brackets, may hold anything.
    let text = String(decoding: data, as: UTF8.self)
    guard let end = text.lastIndex(of: ")") else { return nil }
    let words = Array(text[end...].split(separator: " ").dropFirst())
    guard words.count > 12, let parent = pid_t(words[1]), let user = Int(words[11]),
      let system = Int(words[12])
    else { return nil }
    return (words[0], parent, user + system)
  }

  /// The rank that a process's environment tells.
  private static func rank(_ process: pid_t) -> Int? {
    guard let data = FileManager.default.contents(atPath: "/proc/\(process)/environ") else {
      return nil
    }
    for entry in data.split(separator: 0) {
      let words = String(decoding: entry, as: UTF8.self).split(separator: "=", maxSplits: 1)
      if words.count == 2, ["OMPI_COMM_WORLD_RANK", "PMI_RANK"].contains(String(words[0])) {
        return Int(words[1])
      }
    }
    return nil
  }
}
