import Parameters

extension GridBlock {
  /// Warnings of silences that are longer than the longest delay: for each pattern one, of the trial with
  /// the shortest delay in relation to the silence.
  func silenceWarnings(_ files: InputFiles) -> [String] {
    let parameters = InputFile.silenceKeys.map { Parameter.index[$0]! }
    var worst: [String: LongSilence] = [:]
    for row in BlockCombinations(of: parameters, in: self).values(in: self) {
      let values = PartialValues { row[parameters.firstIndex(of: $0)!] }
      for silence in files.file(.pattern, values["pattern"])?.longSilences(values) ?? [] {
        if let other = worst[silence.place],
          other.duration / other.delay >= silence.duration / silence.delay
        {
          continue
        }
        worst[silence.place] = silence
      }
    }
    return worst.values.map(\.warning).sorted()
  }
}
