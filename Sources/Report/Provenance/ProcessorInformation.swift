import FoundationEssentials

/// The processor that this program runs on.
struct ProcessorInformation {
  /// The model's name, or `unknown`.
  var name = "unknown"
  /// The vector extensions that it has, of those that change which instructions are used.
  var extensions: [String] = []

  private static let relevant = ["sse4_2", "avx", "fma", "avx2", "avx512f", "asimd", "sve"]

  /// Reads what the kernel says of the first processor.
  static var current: ProcessorInformation {
    guard let data = FileManager.default.contents(atPath: "/proc/cpuinfo") else {
      return ProcessorInformation()
    }
    return ProcessorInformation(parsing: String(decoding: data, as: UTF8.self))
  }

  init() {}

  /// Reads the form of `/proc/cpuinfo`.
  init(parsing text: String) {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let key = parts[0].split(whereSeparator: \.isWhitespace).first else {
        continue
      }
      let value = parts[1].drop(while: \.isWhitespace)
      switch key {
      case "model" where name == "unknown" && parts[0].contains("name"):
        name = String(value)
      case "flags" where extensions.isEmpty, "Features" where extensions.isEmpty:
        let flags = Set(value.split(separator: " ").map(String.init))
        extensions = Self.relevant.filter(flags.contains)
      default:
        break
      }
    }
  }
}
