import NeuralCore
import SweepPlan

extension TrialModel {
  /// The part of a record of all neurons in every step that scores are made from.
  public func visiblePart(of record: RateRecord) -> RateRecord {
    var part = RateRecord(neurons: targets[0].visible, every: Simulation.sampleEvery)
    for step in stride(from: 0, to: record.samples, by: part.every) {
      part.append((0..<targets[0].visible).map { record[sample: step, neuron: $0] })
    }
    return part
  }
}
