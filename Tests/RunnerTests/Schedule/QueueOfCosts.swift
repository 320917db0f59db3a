@testable import Runner
@testable import SweepPlan

extension TrialShape {
  /// A shape whose trials are expected to take so long [s] before anything is known.
  static func taking(_ seconds: Double, neurons: Int = 100) -> TrialShape {
    func shape(_ steps: Double) -> TrialShape {
      TrialShape(network: Network(neurons: neurons), steps: steps)
    }
    let model = CostModel()
    let (least, unit) = (model.seconds(shape(0)), 1e6)
    return shape((seconds - least) / (model.seconds(shape(unit)) - least) * unit)
  }
}

extension TrialQueue {
  /// Trials that are expected to take so long [s]; a trial's number is its place in the list.
  init(costs: [Double], model: CostModel = CostModel()) {
    let lines = Dictionary(grouping: costs.indices) { costs[$0] }.map { cost, indices in
      Line(shape: .taking(cost), indices: indices.map { UInt32($0) })
    }
    self.init(lines, model: model)
  }
}
