extension Population {
  /// Advances the neurons of some panels by the first step of a pair. This step does not depend on
  /// the pair's pass over the weights.
  ///
  /// - Parameter step: The step, counted from the start of the window.
  func takeFirst(_ range: Range<Int>, step: Int, _ window: PopulationWindow<Scalar>) {
    guard !isHeterogeneous else { return takeOwnFirst(range, step: step, window) }
    if step == 0 {
      integrateSomata(range, step: step, window, receiving: false)
    } else {
      integrateSomata(range, step: step, window, receiving: true)
    }
    fire(range, step: step, window, isSecond: false)
  }

  /// Advances the neurons by the second step of a pair, whose dendritic ``input`` is known. Does
  /// nothing if the window ends before this step.
  func takeSecond(_ range: Range<Int>, step: Int, _ window: PopulationWindow<Scalar>) {
    guard step < window.steps.count else {
      for panel in range { states.elements[panel].surpriseBefore = Vector() }
      return
    }
    guard !isHeterogeneous else { return takeOwnSecond(range, step: step, window) }
    integrateSomata(range, step: step, window, receiving: true)
    fire(range, step: step, window, isSecond: true)
  }

  /// Adds the input of the window's last step to the dendrites (step 5 of the model).
  func end(_ range: Range<Int>, _ window: PopulationWindow<Scalar>) {
    let input = input(0, step: window.steps.count - 1)
    guard !isHeterogeneous else { return endOwn(range, input) }
    for panel in range {
      states.elements[panel].dendrite = equations.dendrite(
        states.elements[panel].dendrite, input: input[panel &* StepBlock.panelStride])
    }
  }

  /// Step 3 of the model, with noise and holds.
  ///
  /// - Parameter receiving: Whether the dendrites first receive the input of the step before (step
  ///   5).
  @inline(__always)
  private func integrateSomata(
    _ range: Range<Int>, step: Int, _ window: PopulationWindow<Scalar>, receiving: Bool
  ) {
    let equations = equations
    let states = states.elements
    let input = input(0, step: step &- 1)
    let somatic = window.somatic[step]
    let scaffold = window.scaffoldStride
    @inline(__always)
    func integrate(_ panel: Int, _ excitation: Vector, _ inhibition: Vector) {
      let state = states + panel
      var dendrite = state.pointee.dendrite
      if receiving {
        dendrite = equations.dendrite(dendrite, input: input[panel &* StepBlock.panelStride])
        state.pointee.dendrite = dendrite
      }
      state.pointee.soma = equations.soma(
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
  private func fire(
    _ range: Range<Int>, step: Int, _ window: PopulationWindow<Scalar>, isSecond: Bool
  ) {
    let equations = equations
    let states = states.elements
    let rates = window.rates + StepBlock.place(ofStep: step, panels: panels)
    for panel in range {
      let (produced, surprise) = equations.rates(
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

/// Somatic input of the neurons in one window, and the memory for their rates.
struct PopulationWindow<Scalar: VectorScalar> {
  /// The steps, counted from the start of the cycle.
  var steps: Range<Int>

  /// The somatic input of each step.
  var somatic: UnsafePointer<SomaticInput<Scalar>>

  /// Distance between the panels of the scaffold's conductances [vectors].
  var scaffoldStride: Int

  /// Converts target potentials into conductances.
  var teacher: TeacherConductances<Scalar>

  /// Receives the rates, shape `[block, panel, step of the block]`, with gaps (``StepBlock``).
  var rates: UnsafeMutablePointer<Scalar.Vector>
}
