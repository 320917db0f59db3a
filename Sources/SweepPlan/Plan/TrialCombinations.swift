/// All combinations of a sweep's blocks, made when asked for: what every rank must know to run
/// trials that it is told by number.
package struct TrialCombinations: Sendable {
  /// The blocks.
  package let products: [GridProduct]
  /// The number of the first combination of each block, and the number behind the last one.
  private let starts: [Int]
  /// The hashes of the contents of the files, by what they are for and path.
  private let hashes: [InputFile.Role: [String: ContentHash]]

  /// The combinations of some blocks.
  package init(_ products: [GridProduct], files: InputFiles) {
    self.init(
      products,
      hashes: Dictionary(grouping: files.all, by: \.role).mapValues { files in
        Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.contentHash) })
      })
  }

  private init(_ products: [GridProduct], hashes: [InputFile.Role: [String: ContentHash]]) {
    self.products = products
    self.hashes = hashes
    starts = products.reduce(into: [0]) { $0.append($0.last! + $1.count) }
  }

  /// How many combinations there are.
  package var count: Int { starts.last! }

  /// What the trial of a combination is.
  ///
  /// - Complexity: O(parameters + log blocks).
  package subscript(combination: Int) -> (parameters: ParameterSet, inputs: TrialInputs) {
    let (product, rows) = place(of: combination)
    let parameters = ParameterSet(valid: products[product].values(at: rows))
    var inputs = TrialInputs()
    for role in InputFile.Role.allCases {
      inputs[role] = parameters.path(of: role).flatMap { hashes[role]?[$0] }
    }
    return (parameters, inputs)
  }

  /// The block of a combination and the rows there.
  package func place(of combination: Int) -> (block: Int, rows: [Int]) {
    let block = starts.lastIndex(atMost: combination)
    let counts = products[block].axes.map(\.count)
    return (block, Odometer(counts, at: combination - starts[block]).rows)
  }
}

extension TrialCombinations {
  /// Puts the combinations into a message.
  package func write(to writer: inout ByteWriter) {
    writer.write(all: products) { $1.write(to: &$0) }
    for role in InputFile.Role.allCases {
      writer.write(all: hashes[role, default: [:]]) { writer, file in
        writer.write(file.key)
        file.value.write(to: &writer)
      }
    }
  }

  /// Takes combinations out of a message.
  package init(from reader: inout ByteReader) {
    let products = reader.read(all: GridProduct.init)
    var hashes: [InputFile.Role: [String: ContentHash]] = [:]
    for role in InputFile.Role.allCases {
      let files = reader.read { ($0.read(String.self), ContentHash(from: &$0)) }
      hashes[role] = Dictionary(uniqueKeysWithValues: files)
    }
    self.init(products, hashes: hashes)
  }
}

extension ContentHash {
  /// Puts the hash into a message.
  package func write(to writer: inout ByteWriter) {
    writer.write(high)
    writer.write(low)
  }

  /// Takes a hash out of a message.
  package init(from reader: inout ByteReader) {
    let high = reader.read(UInt64.self)
    self.init(high: high, low: reader.read(UInt64.self))
  }
}

extension [Int] {
  /// The place of the last element that is at most `bound`, in an ascending array that starts with
  /// such an element.
  fileprivate func lastIndex(atMost bound: Int) -> Int {
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if self[middle] <= bound { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
