import Parameters

extension GridBlock {
  /// Sentences about values that are allowed but may be a mistake.
  func warnings(in sweep: SweepFile) -> [String] {
    let ofRobustness =
      sweep.scoreGroups.contains(.robustness) ? [fewDrawsWarning, latentLossWarning] : []
    return silenceWarnings(sweep.inputFiles)
      + ([stiffTeacherWarning, turnsWarning(sweep.inputFiles)] + ofRobustness).compactMap(\.self)
  }

  /// Warnings of silences that are longer than the longest delay: for each pattern one, of the trial with
  /// the shortest delay in relation to the silence.
  private func silenceWarnings(_ files: InputFiles) -> [String] {
    var worst: [String: LongSilence] = [:]
    for values in combinations(of: InputFile.silenceKeys) {
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

  /// The warning of the stiffest teacher; nil if the potentials of no taught neuron diverge.
  private var stiffTeacherWarning: String? {
    combinations(of: StiffTeacher.keys).compactMap(StiffTeacher.init)
      .max { $0.factor < $1.factor }?.warning
  }

  /// The values of some parameters in all combinations.
  func combinations(of keys: [String]) -> [PartialValues] {
    let parameters = keys.map { Parameter.index[$0]! }
    return BlockCombinations(of: parameters, in: self).values(in: self).map { row in
      PartialValues { row[parameters.firstIndex(of: $0)!] }
    }
  }
}
