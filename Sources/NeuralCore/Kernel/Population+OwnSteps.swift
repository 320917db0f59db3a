/// The steps of neurons with constants of their own. They are those of equal neurons (Population+Steps),
/// apart so that equal neurons keep their speed: small networks are 11 % slower if one generic function has
/// both (measured with 23 neurons).
extension Population {
  @inline(never)
  func takeOwnFirst(_ range: Range<Int>, step: Int, _ window: PopulationWindow<Scalar>) {
    integrateOwnSomata(range, step: step, window, receiving: step > 0)
    fireOwn(range, step: step, window, isSecond: false)
  }

  @inline(never)
  func takeOwnSecond(_ range: Range<Int>, step: Int, _ window: PopulationWindow<Scalar>) {
    integrateOwnSomata(range, step: step, window, receiving: true)
    fireOwn(range, step: step, window, isSecond: true)
  }

  @inline(never)
  func endOwn(_ range: Range<Int>, _ input: UnsafePointer<Vector>) {
    let own = ownEquations.unsafelyUnwrapped.elements
    for panel in range {
      states.elements[panel].dendrite = own[panel].dendrite(
        states.elements[panel].dendrite, input: input[panel &* StepBlock.panelStride])
    }
  }

  /// Step 3 of the model, with noise and holds.
  ///
  /// - Parameter receiving: Whether the dendrites first receive the input of the step before (step
  ///   5).
  @inline(__always)
  private func integrateOwnSomata(
    _ range: Range<Int>, step: Int, _ window: PopulationWindow<Scalar>, receiving: Bool
  ) {
    let own = ownEquations.unsafelyUnwrapped.elements
    let states = states.elements
    let input = input(0, step: step &- 1)
    let somatic = window.somatic[step]
    let scaffold = window.scaffoldStride
    @inline(__always)
    func integrate(_ panel: Int, _ excitation: Vector, _ inhibition: Vector) {
      let state = states + panel
      var dendrite = state.pointee.dendrite
      if receiving {
        dendrite = own[panel].dendrite(dendrite, input: input[panel &* StepBlock.panelStride])
        state.pointee.dendrite = dendrite
      }
      state.pointee.soma = own[panel].soma(
        state.pointee.soma, dendrite: dendrite, coupling: state.pointee.coupling,
        decay: state.pointee.decay, excitation: excitation, inhibition: inhibition)
    }
    let nudged = somatic.asked == nil ? 0 : mixedPanels
    for panel in range.clamped(to: 0..<nudged) {
      var excitation = somatic.scaffold.excitation[panel &* scaffold]
      var inhibition = somatic.scaffold.inhibition[panel &* scaffold]
      window.teacher.add(
        panel, potential: somatic.asked.unsafelyUnwrapped[panel], excitation: &excitation,
        inhibition: &inhibition)
      integrate(panel, excitation, inhibition)
    }
    for panel in range.clamped(to: nudged..<panels) {
      integrate(
        panel, somatic.scaffold.excitation[panel &* scaffold],
        somatic.scaffold.inhibition[panel &* scaffold])
    }
    if isDisturbed {
      for panel in range {
        disturb(panel, step: step, cycleStep: window.steps.lowerBound + step)
      }
    }
  }

  /// Steps 4 and 7 of the model: rates and surprise. The loop is separate from that of the somata
  /// because a processor can overlap only a few panels of these long chains of operations.
  ///
  /// - Parameter isSecond: Which step of the pair it is.
  @inline(__always)
  private func fireOwn(
    _ range: Range<Int>, step: Int, _ window: PopulationWindow<Scalar>, isSecond: Bool
  ) {
    let own = ownEquations.unsafelyUnwrapped.elements
    let states = states.elements
    let rates = window.rates + StepBlock.place(ofStep: step, panels: panels)
    for panel in range {
      let (produced, surprise) = own[panel].rates(
        soma: states[panel].soma, dendrite: states[panel].dendrite)
      rates[panel &* StepBlock.panelStride] = produced
      if isSecond {
        states[panel].surpriseBefore = surprise
      } else {
        states[panel].surpriseNow = surprise
      }
    }
  }
}
