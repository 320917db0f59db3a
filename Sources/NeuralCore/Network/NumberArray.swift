/// An array of numbers, stored in the precision of its kernel and read as doubles.
///
/// In double precision, a copy of the weights of a large network would take twice the memory of its
/// single-precision kernel. Two arrays are equal if their numbers are equal, whatever their
/// precision.
public enum NumberArray: Sendable {
  /// Numbers in double precision.
  case double([Double])
  /// Numbers in single precision.
  case single([Float])

  /// Creates an array in double precision.
  public init(_ numbers: [Double]) { self = .double(numbers) }

  /// Creates an array, rounded to the precision of a kernel.
  ///
  /// - Parameters:
  ///   - count: Length of the array.
  ///   - kernel: Determines the precision.
  ///   - number: Called once for each index, in order.
  init(count: Int, for kernel: KernelChoice, _ number: (Int) -> Double) {
    self =
      switch kernel {
      case .reference, .windowedDouble: .double((0..<count).map(number))
      case .windowedSingle: .single((0..<count).map { Float(number($0)) })
      }
  }

  /// The numbers in double precision; not a copy if they are stored so.
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

  /// The number at an index; a new value is rounded to the precision.
  public subscript(index: Int) -> Double {
    get {
      switch self {
      case .double(let numbers): numbers[index]
      case .single(let numbers): Double(numbers[index])
      }
    }
    set {
      // The array must have one owner, or setting a number would copy the array.
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

/// An array that is read piece by piece, so that a large network need not be copied as a whole.
///
/// A source of a learner reads the learner's current state and is invalid once the learner
/// continues.
public struct NumberSource {
  /// Number of elements.
  public let count: Int

  private let read: (Range<Int>) -> NumberArray

  /// Creates a source of an array.
  public init(_ numbers: NumberArray) {
    self.init(count: numbers.count) { numbers.piece($0) }
  }

  /// Creates a source.
  ///
  /// - Parameters:
  ///   - count: Number of elements.
  ///   - read: Returns the elements of a range of indices, always in the same precision.
  init(count: Int, read: @escaping (Range<Int>) -> NumberArray) {
    self.count = count
    self.read = read
  }

  /// The elements of a range of indices.
  public func piece(_ range: Range<Int>) -> NumberArray { read(range) }

  /// All elements; a copy unless the source was created from an array.
  public var array: NumberArray { read(0..<count) }
}

extension NumberArray {
  /// The numbers of a range of indices; not a copy if it is the whole array.
  fileprivate func piece(_ range: Range<Int>) -> NumberArray {
    if range == indices { return self }
    return switch self {
    case .double(let numbers): .double(Array(numbers[range]))
    case .single(let numbers): .single(Array(numbers[range]))
    }
  }
}

/// A kernel and its precision.
public enum KernelChoice: String, CaseIterable, Sendable {
  /// ``ReferenceKernel``, in double precision.
  case reference
  /// ``WindowedKernel`` in double precision.
  case windowedDouble
  /// ``WindowedKernel`` in single precision.
  case windowedSingle

  /// Size of a weight or rate in the kernel [bytes].
  public var bytesPerNumber: Int {
    switch self {
    case .reference, .windowedDouble: 8
    case .windowedSingle: 4
    }
  }
}
