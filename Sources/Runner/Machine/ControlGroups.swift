/// The control groups of this process, which hold the limits of containers and jobs.
///
/// A limit of any group above that of the process counts as well: Slurm limits the group of the job, and
/// the process is in that of a task.
struct ControlGroups {
  /// The content of a file; nil if it cannot be read.
  typealias Read = (_ path: String) -> String?

  private let read: Read
  /// The folders of the process's group and of those above it, by controller; those of version 2 under
  /// an empty name.
  private var folders: [String: [String]] = [:]

  /// Finds the groups of this process from `/proc/self/cgroup` and `/proc/self/mountinfo`.
  init(read: @escaping Read) {
    self.read = read
    let mounts = Self.mounts(read("/proc/self/mountinfo") ?? "")
    for line in (read("/proc/self/cgroup") ?? "").split(separator: "\n") {
      // For example `4:memory:/slurm/job_7`, and `0::/slurm/job_7` of version 2.
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      for controller in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
        let name = String(controller)
        let mount = mounts[name] ?? (root: "/", folder: "/sys/fs/cgroup/\(name)")
        folders[name] = Self.folders(of: String(parts[2]), in: mount)
      }
    }
  }

  /// The values of a file in the process's group and in those above it, with the path of each.
  ///
  /// - Parameter controller: The name of the controller; empty for version 2.
  func values(_ controller: String, _ file: String) -> [(path: String, text: String)] {
    folders[controller, default: []].compactMap { folder in
      let path = "\(folder)/\(file)"
      return read(path).map { (path, String($0.prefix { $0 != "\n" })) }
    }
  }

  private typealias Mount = (root: String, folder: String)

  /// Where the hierarchies are mounted, by controller.
  private static func mounts(_ text: String) -> [String: Mount] {
    var mounts: [String: Mount] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard let dash = words.firstIndex(of: "-"), dash >= 5, words.count > dash + 3 else {
        continue
      }
      let names =
        switch words[dash + 1] {
        case "cgroup2": [""]
        case "cgroup": words[dash + 3].split(separator: ",").map(String.init)
        default: [String]()
        }
      for name in names { mounts[name] = (root: words[3], folder: words[4]) }
    }
    return mounts
  }

  /// The folder of a group and those above it, as far as they are mounted.
  private static func folders(of group: String, in mount: Mount) -> [String] {
    let root = mount.root == "/" ? "" : mount.root
    // A group outside of what is mounted, as in some containers, shows only the top.
    let isInside = (group == root || group.hasPrefix(root + "/")) && !group.contains("/..")
    var names = isInside ? group.dropFirst(root.count).split(separator: "/") : []
    var folders: [String] = []
    while true {
      folders.append(([mount.folder[...]] + names).joined(separator: "/"))
      if names.isEmpty { return folders }
      names.removeLast()
    }
  }
}
