import Parameters

/// One block of the grid, validated: a product of axes over a base, less what is excluded.
struct GridBlock: Equatable {
  /// The values of what the block does not sweep, in the order of ``Parameter/all``. Where it
  /// sweeps, they are the first values.
  var base: [ParameterValue]

  /// The axes, in the order of their first keys in ``Parameter/all``. The last varies fastest.
  var axes: [GridAxis]

  /// What is left out.
  var exclusions: [Exclusion]

  /// Where the block starts.
  var place: SweepFileError.Place

  /// Where the keys were written that are not at their defaults, by place in ``Parameter/all``.
  var places: [Int: SweepFileError.Place]

  /// Combinations that are left out: those for which every part holds.
  struct Exclusion: Equatable {
    var parts: [Part]

    /// One key with the places of the excluded values among its distinct ones.
    struct Part: Equatable {
      var axis: Int
      var column: Int
      var values: Set<Int>
    }
  }

  /// What the block's combinations are made of.
  var product: GridProduct { GridProduct(base: base, axes: axes) }

  /// How many combinations there are before any is excluded.
  var count: Int { product.count }

  /// Where a parameter is swept: its axis and its column there.
  func column(of parameter: Int) -> (axis: Int, column: Int)? { product.column(of: parameter) }

  /// The values of the combination with these rows, one for each axis.
  func values(at rows: [Int]) -> [ParameterValue] { product.values(at: rows) }

  /// Where the first of some parameters that is written anywhere was written.
  func place(of parameters: [Int]) -> SweepFileError.Place {
    parameters.compactMap { places[$0] }.first ?? place
  }

  /// Whether the combination with these rows is left out.
  func excludes(_ rows: [Int]) -> Bool {
    exclusions.contains { exclusion in
      exclusion.parts.allSatisfy {
        $0.values.contains(axes[$0.axis].columns[$0.column].index(ofRow: rows[$0.axis]))
      }
    }
  }
}
