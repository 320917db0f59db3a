import NeuralCore
import Testing

/// If these fail, watching a network changes it: one that is saved, recorded or looked at in
/// between goes another way than one that runs through.
@Suite struct KernelContinuationTests {
  static let cases = [
    KernelCase(visible: 3, latent: 5, stepsPerNote: 7, notes: 3),
    KernelCase(visible: 13, latent: 50),
    KernelCase(visible: 13, latent: 50).heterogeneous,
    KernelCase(
      visible: 13, latent: 50, learning: LearningRule(visible: 0.02, latent: 0.02),
      nudged: Array(repeating: true, count: 24), seed: 2),
    KernelCase(visible: 2, latent: 3, delay: 2...5, interneuronDelay: 0, stepsPerNote: 11),
    KernelCase(visible: 4, latent: 7, delay: 100...600, stepsPerNote: 25, notes: 3),
    KernelCase(visible: 4, latent: 15, density: 0.6),
    KernelCase(visible: 4, latent: 8, interneuronDelay: 90, lagSpread: 37),
    KernelCase(visible: 3, latent: 6, delay: 4...9, stepsPerNote: 5, notes: 3, density: 0.6),
    KernelCase(
      visible: 5, latent: 260, stepsPerNote: 29, notes: 2, density: 0.9, nudged: [true, false]),
    KernelCase(visible: 3, latent: 515, stepsPerNote: 29, notes: 2, nudged: [true, false]),
  ]

  @Test(
    "A network is handed out in pieces as it is as a whole", arguments: KernelChoice.allCases, cases
  )
  func pieces(kernel: KernelChoice, of example: KernelCase) throws {
    let running = try example.start(kernel)
    _ = running.rates(ofCycle: true, neurons: example.visible + example.latent)
    let whole = running.network(beforeCycle: 1)
    _ = running.outline(beforeCycle: 1)
    for (source, all) in [
      (running.dendriticWeight, whole.dendriticWeight),
      (running.rateHistory, whole.state.rateHistory),
    ] {
      #expect(source.count == all.count)
      let length = all.count / 3 + 1
      let pieces = stride(from: 0, to: all.count, by: length).flatMap { start in
        source.piece(start..<min(start + length, all.count)).doubles
      }
      #expect(bits(pieces) == bits(all.doubles))
    }
  }

  @Test("A saved network continues bit for bit", arguments: KernelChoice.allCases, cases)
  func continues(kernel: KernelChoice, of example: KernelCase) throws {
    let through = try example.start(kernel)
    let watched = try example.start(kernel)
    let neurons = example.visible + example.latent
    for (cycle, nudged) in example.nudged.enumerated() {
      let snapshot = watched.network(beforeCycle: cycle)
      #expect(watched.network(beforeCycle: cycle) == snapshot, "a second look finds the same")
      let restored = try example.start(kernel, from: snapshot)
      let expected = bits(through.rates(ofCycle: nudged, neurons: neurons))
      #expect(bits(watched.rates(ofCycle: nudged, neurons: neurons)) == expected)
      #expect(bits(restored.rates(ofCycle: nudged, neurons: neurons)) == expected)
      #expect(sameBits(restored, watched), "cycle \(cycle) of a restored network")
    }
    #expect(sameBits(through, watched), "a network that was looked at")
  }

  @Test("Recording changes nothing", arguments: KernelChoice.allCases, cases)
  func recording(kernel: KernelChoice, of example: KernelCase) throws {
    let unrecorded = try example.start(kernel)
    let sampled = try example.start(kernel)
    let recorded = try example.start(kernel)
    var none: RateRecord?
    var some: RateRecord? = RateRecord(neurons: example.visible, every: 2)
    for nudged in example.nudged {
      try unrecorded.runCycle(CycleDrive(nudged: nudged), recordingInto: &none)
      some?.removeAll()
      try sampled.runCycle(CycleDrive(nudged: nudged), recordingInto: &some)
      let neurons = example.visible + example.latent
      let all = recorded.rates(ofCycle: nudged, neurons: neurons)
      #expect(all.count == example.target.steps * neurons)
      let expected = stride(from: 0, to: example.target.steps, by: 2).flatMap {
        all[$0 * neurons..<$0 * neurons + example.visible]
      }
      #expect(some?.values == expected)
    }
    #expect(none == nil)
    #expect(sameBits(unrecorded, sampled))
    #expect(sameBits(unrecorded, recorded))
  }
}
