import NeuralCore

/// The limits of one core of this machine.
public struct MachineLimits: Codable, Sendable {
  /// Multiplications and additions per second in double precision, in registers.
  public var doublePeak: Double

  /// The same in single precision.
  public var singlePeak: Double

  /// The bandwidth of reading a working set.
  public struct Bandwidth: Codable, Sendable {
    /// Size of the working set [bytes].
    public var bytes: Int
    /// [bytes/s]
    public var bytesPerSecond: Double
  }

  /// From sets that fit in the first-level cache to sets that fit in none.
  public var bandwidths: [Bandwidth]

  /// The working sets that are read [bytes].
  static let workingSets = [16 << 10, 256 << 10, 4 << 20, 256 << 20]

  /// Measures.
  public static func measured(rounds: Int, turn: Double) -> MachineLimits {
    var sink = 0.0
    let iterations = 20_000
    let peaks = Contest.seconds(
      [
        { sink += MultiplyAdds<Double>.run(iterations) },
        { sink += Double(MultiplyAdds<Float>.run(iterations)) },
      ], rounds: rounds, turn: turn)
    let bandwidths = workingSets.map { bytes in
      let numbers = [SIMD8<Double>](repeating: .one, count: bytes / 64)
      let time = Contest.seconds([{ sink += sum(numbers) }], rounds: rounds, turn: turn)[0]
      return Bandwidth(bytes: bytes, bytesPerSecond: Double(bytes) / time)
    }
    precondition(sink.isFinite)  // Keeps the compiler from removing the sums.
    func rate(_ lanes: Int, _ time: Double) -> Double {
      Double(2 * MultiplyAdds<Double>.chains * lanes * iterations) / time
    }
    return MachineLimits(
      doublePeak: rate(Double.Vector.scalarCount, peaks[0]),
      singlePeak: rate(Float.Vector.scalarCount, peaks[1]), bandwidths: bandwidths)
  }

  private static func sum(_ numbers: [SIMD8<Double>]) -> Double {
    numbers.withUnsafeBufferPointer { numbers in
      var sums = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
      for index in stride(from: 0, to: numbers.count, by: 4) {
        sums.0 += numbers[index]
        sums.1 += numbers[index + 1]
        sums.2 += numbers[index + 2]
        sums.3 += numbers[index + 3]
      }
      return (sums.0 + sums.1 + sums.2 + sums.3).sum()
    }
  }
}

/// Chains of multiply-adds that do not wait for each other.
private enum MultiplyAdds<Scalar: VectorScalar> {
  static var chains: Int { 12 }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  @inline(never)
  static func run(_ iterations: Int) -> Scalar {
    typealias Vector = Scalar.Vector
    let factor = Vector(repeating: 0.5)
    let offset = Vector(repeating: 1)
    var a = Vector()
    var b = Vector(repeating: 1)
    var c = Vector(repeating: 2)
    var d = Vector(repeating: 3)
    var e = Vector(repeating: 4)
    var f = Vector(repeating: 5)
    var g = Vector(repeating: 6)
    var h = Vector(repeating: 7)
    var i = Vector(repeating: 8)
    var j = Vector(repeating: 9)
    var k = Vector(repeating: 10)
    var l = Vector(repeating: 11)
    for _ in 0..<iterations {
      a = offset.addingProduct(a, factor)
      b = offset.addingProduct(b, factor)
      c = offset.addingProduct(c, factor)
      d = offset.addingProduct(d, factor)
      e = offset.addingProduct(e, factor)
      f = offset.addingProduct(f, factor)
      g = offset.addingProduct(g, factor)
      h = offset.addingProduct(h, factor)
      i = offset.addingProduct(i, factor)
      j = offset.addingProduct(j, factor)
      k = offset.addingProduct(k, factor)
      l = offset.addingProduct(l, factor)
    }
    return (a + b + c + d + e + f + g + h + i + j + k + l).sum()
  }
}
