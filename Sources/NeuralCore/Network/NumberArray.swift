/// Numbers in the precision of the kernel that takes or gives them, seen as doubles.
///
/// Weights and past rates of a large network in single precision would otherwise take twice as much memory
/// beside their kernel as within it. Two arrays are equal where their numbers are, in whichever precision.
public enum NumberArray: Sendable {
  /// Numbers in double precision.
  case double([Double])
  /// Numbers in single precision.
  case single([Float])

  /// Takes numbers in double precision.
  public init(_ numbers: [Double]) { self = .double(numbers) }

  /// Makes numbers, rounded to the precision that a kernel computes in.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - number: Called once for each index, in their order.
  init(count: Int, for kernel: KernelChoice, _ number: (Int) -> Double) {
    self =
      switch kernel {
      case .reference, .windowedDouble: .double((0..<count).map(number))
      case .windowedSingle: .single((0..<count).map { Float(number($0)) })
      }
  }

  /// The numbers in double precision, which takes no copy of those that are.
  public var doubles: [Double] {
    switch self {
    case .double(let numbers): numbers
    case .single(let numbers): numbers.map { Double($0) }
    }
  }
}

extension NumberArray: RandomAccessCollection, MutableCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int {
    switch self {
    case .double(let numbers): numbers.count
    case .single(let numbers): numbers.count
    }
  }

  /// A number; one that is set is rounded to the precision.
  public subscript(index: Int) -> Double {
    get {
      switch self {
      case .double(let numbers): numbers[index]
      case .single(let numbers): Double(numbers[index])
      }
    }
    set {
      // The array must have one owner, or each number that is set would copy all.
      switch self {
      case .double(var numbers):
        self = []
        numbers[index] = newValue
        self = .double(numbers)
      case .single(var numbers):
        self = []
        numbers[index] = Float(newValue)
        self = .single(numbers)
      }
    }
  }
}

extension NumberArray: Equatable, ExpressibleByArrayLiteral {
  public init(arrayLiteral numbers: Double...) { self = .double(numbers) }

  public static func == (left: NumberArray, right: NumberArray) -> Bool {
    left.elementsEqual(right)
  }
}

/// Numbers that are handed out piece by piece, so that those of a large network need no copy.
///
/// What comes from a learner is as the learner stands at that moment, and of no use once it goes on.
public struct NumberSource {
  /// How many numbers there are.
  public let count: Int

  private let read: (Range<Int>) -> NumberArray

  /// Hands out an array.
  public init(_ numbers: NumberArray) {
    self.init(count: numbers.count) { numbers.piece($0) }
  }

  /// Hands out what `read` gives for a range of indices, always in the same precision.
  init(count: Int, read: @escaping (Range<Int>) -> NumberArray) {
    self.count = count
    self.read = read
  }

  /// The numbers with some indices.
  public func piece(_ range: Range<Int>) -> NumberArray { read(range) }

  /// All numbers, which is a copy but where they were given as an array.
  public var array: NumberArray { read(0..<count) }
}

extension NumberArray {
  /// The numbers with some indices; no copy of all.
  fileprivate func piece(_ range: Range<Int>) -> NumberArray {
    if range == indices { return self }
    return switch self {
    case .double(let numbers): .double(Array(numbers[range]))
    case .single(let numbers): .single(Array(numbers[range]))
    }
  }
}

/// The kernels, each with its precision.
public enum KernelChoice: String, CaseIterable, Sendable {
  /// ``ReferenceKernel``, in double precision.
  case reference
  /// ``WindowedKernel`` in double precision.
  case windowedDouble
  /// ``WindowedKernel`` in single precision.
  case windowedSingle

  /// Size of a number in the kernel's precision [bytes].
  public var bytesPerNumber: Int {
    switch self {
    case .reference, .windowedDouble: 8
    case .windowedSingle: 4
    }
  }
}
