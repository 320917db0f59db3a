import NeuralCore
import Testing

/// If these fail, scores are made from rates of other neurons or other steps.
@Suite struct RateRecordTests {
  @Test("A sample holds the first neurons of what is appended")
  func append() {
    var record = RateRecord(neurons: 2, every: 3)
    #expect(record.samples == 0 && record.every == 3 && record.neurons == 2)
    record.append([0.1, 0.2, 0.9])
    record.append([0.3, 0.4])
    #expect(record.samples == 2)
    #expect(record.values == [0.1, 0.2, 0.3, 0.4])
    #expect(record[sample: 0, neuron: 1] == 0.2)
    #expect(record[sample: 1, neuron: 0] == 0.3)
  }

  @Test("A record that is emptied starts anew")
  func removeAll() {
    var record = RateRecord(neurons: 1)
    record.append([0.5])
    let kept = record
    record.removeAll()
    #expect(record.samples == 0 && record == RateRecord(neurons: 1))
    record.append([0.7])
    #expect(record.values == [0.7] && kept.values == [0.5])
  }
}
