extension [Pattern] {
  /// The same patterns over the visible neurons of all of them: each plays on neurons of its own,
  /// and those of the others are silent meanwhile.
  public func sideBySide() -> [Pattern] {
    let visible = reduce(0) { $0 + $1.visible }
    var first = 0
    return map { pattern in
      let before = [Bool](repeating: false, count: first)
      let behind = [Bool](repeating: false, count: visible - first - pattern.visible)
      first += pattern.visible
      return Pattern(
        name: pattern.name,
        columns: (0..<pattern.notes).map { before + pattern.column($0) + behind })
    }
  }
}
