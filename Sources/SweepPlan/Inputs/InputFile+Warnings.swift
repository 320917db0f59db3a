import NeuralCore

extension InputFile {
  /// What is allowed in the file but may not be meant, a sentence each.
  public var warnings: [String] {
    guard role == .pattern, let patterns = try? Pattern.all(parsing: text) else { return [] }
    return patterns.compactMap { pattern in
      let constant = pattern.constantNeurons
      guard !constant.isEmpty else { return nil }
      let place = "\(quoted(path, limit: 1000)), pattern \(quoted(pattern.name))"
      if constant.count == pattern.visible {
        return "\(place): no visible neuron ever changes, so that nothing can be scored"
      }
      // Named as in disruption files, from 0 on.
      let names = constant.prefix(10).map(String.init).joined(separator: ", ")
      return "\(place): visible neuron\(constant.count == 1 ? "" : "s") \(names)"
        + "\(constant.count > 10 ? " and others" : "") (from 0 on) never "
        + "change\(constant.count == 1 ? "s" : "") and count"
        + "\(constant.count == 1 ? "s" : "") for no correlation"
    }
  }
}
