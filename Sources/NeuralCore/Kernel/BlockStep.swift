/// The number of a step within its block, as a type: what depends on it is compiled for each step,
/// with neither a branch nor an address to compute.
protocol BlockStep {
  static var number: Int { get }
}

enum BlockSteps {
  enum First: BlockStep { static var number: Int { 0 } }
  enum Second: BlockStep { static var number: Int { 1 } }
  enum Third: BlockStep { static var number: Int { 2 } }
  enum Fourth: BlockStep { static var number: Int { 3 } }
  enum Fifth: BlockStep { static var number: Int { 4 } }
  enum Sixth: BlockStep { static var number: Int { 5 } }
  enum Seventh: BlockStep { static var number: Int { 6 } }
  enum Eighth: BlockStep { static var number: Int { 7 } }
}
