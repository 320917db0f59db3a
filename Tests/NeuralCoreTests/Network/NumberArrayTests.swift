import Testing

@testable import NeuralCore

/// If these fail, a network in single precision starts from other weights than its kernel would
/// have rounded to, or damage to a large network takes hours.
@Suite struct NumberArrayTests {
  @Test("Numbers are rounded as a kernel rounds them", arguments: KernelChoice.allCases)
  func precision(kernel: KernelChoice) {
    let exact = [0.1, -1 / 3.0, 0, 1e30]
    var numbers = NumberArray(count: 4, for: kernel) { exact[$0] }
    numbers[3] = 0.7
    let expected = Array(exact.dropLast()) + [0.7]
    let isSingle = kernel == .windowedSingle
    #expect(numbers.doubles == expected.map { isSingle ? Double(Float($0)) : $0 })
    #expect(numbers.elementsEqual(numbers.doubles))
    #expect((numbers == NumberArray(expected)) == !isSingle)
    #expect(numbers == NumberArray(numbers.doubles))
  }

  @Test("A network has the weights of double precision, rounded")
  func network() throws {
    let parameters = NetworkParameters(visible: 2, latent: 6)
    let double = try Network(parameters, seed: 3)
    let single = try Network(parameters, seed: 3, for: .windowedSingle)
    #expect(single.dendriticWeight.elementsEqual(double.dendriticWeight.map { Double(Float($0)) }))
    #expect(single.dendriticWeight != double.dendriticWeight)
    #expect(single.dendriticSynapse == double.dendriticSynapse)
  }

  @Test("Setting a number copies no others", arguments: KernelChoice.allCases)
  func inPlace(kernel: KernelChoice) {
    // A copy for each would move 8 TB and more.
    let count = 1 << 20
    var numbers = NumberArray(count: count, for: kernel) { Double($0) }
    for index in numbers.indices { numbers[index] *= 2 }
    #expect(numbers.last == Double(2 * (count - 1)))
  }
}
