extension Population {
  /// Takes the neurons of some panels through the first step of a pair, which does not depend on what the
  /// pass over the weights gives for the pair.
  ///
  /// - Parameter step: The step, counted from the start of the window.
  func takeFirst(_ range: Range<Int>, step: Int, _ window: PopulationWindow<Scalar>) {
    if step == 0 {
      integrateSomata(range, step: step, window, receiving: false)
    } else {
      integrateSomata(range, step: step, window, receiving: true)
    }
    fire(range, step: step, window, isSecond: false)
  }

  /// Takes the neurons through the second step of a pair, of which the dendritic ``input`` is known. It is
  /// left out where the window ends before it.
  func takeSecond(_ range: Range<Int>, step: Int, _ window: PopulationWindow<Scalar>) {
    guard step < window.steps.count else {
      for panel in range { states.elements[panel].surpriseBefore = Vector() }
      return
    }
    integrateSomata(range, step: step, window, receiving: true)
    fire(range, step: step, window, isSecond: true)
  }

  /// Takes in the dendritic input of the window's last step (step 5 of the model).
  func end(_ range: Range<Int>, _ window: PopulationWindow<Scalar>) {
    let input = input(0, step: window.steps.count - 1)
    for panel in range {
      states.elements[panel].dendrite = equations.dendrite(
        states.elements[panel].dendrite, input: input[panel &* StepBlock.steps])
    }
  }

  /// Step 3 of the model, and what acts on somata besides conductances.
  ///
  /// - Parameter receiving: Whether the dendrites take in the input of the step before first (step 5).
  @inline(__always)
  private func integrateSomata(
    _ range: Range<Int>, step: Int, _ window: PopulationWindow<Scalar>, receiving: Bool
  ) {
    let equations = equations
    let states = states.elements
    let input = input(0, step: step &- 1)
    let somatic = window.somatic[step]
    @inline(__always)
    func integrate(_ panel: Int, _ excitation: Vector, _ inhibition: Vector) {
      let state = states + panel
      var dendrite = state.pointee.dendrite
      if receiving {
        dendrite = equations.dendrite(dendrite, input: input[panel &* StepBlock.steps])
        state.pointee.dendrite = dendrite
      }
      state.pointee.soma = equations.soma(
        state.pointee.soma, dendrite: dendrite, coupling: state.pointee.coupling,
        decay: state.pointee.decay, excitation: excitation, inhibition: inhibition)
    }
    let nudged = somatic.asked == nil ? 0 : mixedPanels
    for panel in range.clamped(to: 0..<nudged) {
      var excitation = somatic.scaffold.excitation[panel]
      var inhibition = somatic.scaffold.inhibition[panel]
      window.teacher.add(
        panel, potential: somatic.asked.unsafelyUnwrapped[panel], excitation: &excitation,
        inhibition: &inhibition)
      integrate(panel, excitation, inhibition)
    }
    for panel in range.clamped(to: nudged..<panels) {
      integrate(panel, somatic.scaffold.excitation[panel], somatic.scaffold.inhibition[panel])
    }
    if isDisturbed {
      for panel in range {
        disturb(panel, step: step, cycleStep: window.steps.lowerBound + step)
      }
    }
  }

  /// Steps 4 and 7: the rates, and what is learned from them. A loop of its own, because a processor holds
  /// only few panels of these long chains of operations at a time.
  ///
  /// - Parameter isSecond: Which step of the pair it is.
  @inline(__always)
  private func fire(
    _ range: Range<Int>, step: Int, _ window: PopulationWindow<Scalar>, isSecond: Bool
  ) {
    let equations = equations
    let states = states.elements
    let block = step & ~(StepBlock.steps - 1)
    let rates = window.rates + (block &* panels &+ (step &- block))
    for panel in range {
      let (produced, surprise) = equations.rates(
        soma: states[panel].soma, dendrite: states[panel].dendrite)
      rates[panel &* StepBlock.steps] = produced
      if isSecond {
        states[panel].surpriseBefore = surprise
      } else {
        states[panel].surpriseNow = surprise
      }
    }
  }
}

/// What reaches the neurons in one window, apart from the dendritic input, and where their rates go.
struct PopulationWindow<Scalar: VectorScalar> {
  /// The steps, counted from the start of the cycle.
  var steps: Range<Int>

  /// What acts on the somata in each step.
  var somatic: UnsafePointer<SomaticInput<Scalar>>

  /// Turns what the teacher asks for into conductances.
  var teacher: TeacherConductances<Scalar>

  /// Receives the rates, shape `[block, panel, step of the block]`.
  var rates: UnsafeMutablePointer<Scalar.Vector>
}
