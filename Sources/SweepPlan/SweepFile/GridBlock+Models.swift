import Parameters

extension GridBlock {
  /// The block as blocks of which each has models that know the same parameters, with the values
  /// that trials of these models have.
  ///
  /// So everything after this knows no difference between models.
  func completedByModel() -> [GridBlock] {
    guard let (axis, column) = column(of: Parameter.model) else {
      return [completed(for: base[Parameter.model])]
    }
    let models = axes[axis].columns[column].values
    let groups = models.groupedByParameters()
    if groups.count == 1 { return [completed(for: models[0])] }
    let blocks = groups.map { group in
      keeping(rows: axes[axis].rows { group.contains(axes[axis].columns[column][$0]) }, of: axis)
        .completed(for: group[0])
    }
    // A model that is excluded altogether is no mistake as long as another one is left.
    let filled = blocks.filter { !$0.isEmptiedByOneExclusion }
    return filled.isEmpty ? blocks : filled
  }

  private var isEmptiedByOneExclusion: Bool {
    exclusions.contains { exclusion in
      exclusion.parts.allSatisfy {
        $0.values.count == axes[$0.axis].columns[$0.column].values.count
      }
    }
  }

  /// The block with some of the rows of an axis.
  private func keeping(rows: [Int], of axis: Int) -> GridBlock {
    let new = GridAxis(
      zipping: axes[axis].columns.map { column in
        (column.parameter, rows.map { column[$0] })
      })
    var block = replacing([axis: new]) { _, value in value }
    for column in new.columns { block.base[column.parameter] = column[0] }
    return block
  }

  /// The block with the values that trials of a model have.
  private func completed(for model: ParameterValue) -> GridBlock {
    guard case .text(let model) = model else { return self }
    func complete(_ parameter: Int, _ value: ParameterValue) -> ParameterValue {
      Parameter.all[parameter].completed(value, for: model)
    }
    var changed: [Int: GridAxis] = [:]
    for (index, axis) in axes.enumerated() {
      let isKnown = axis.columns.allSatisfy { column in
        column.values.allSatisfy { complete(column.parameter, $0) == $0 }
      }
      if isKnown { continue }
      let lists = axis.columns.map { column in
        (
          parameter: column.parameter,
          values: (0..<axis.count).map { complete(column.parameter, column[$0]) }
        )
      }
      changed[index] =
        lists.count == 1
        ? GridAxis(parameter: lists[0].parameter, values: lists[0].values)
        : GridAxis(zipping: lists)
    }
    var block = replacing(changed, complete)
    block.base = base.enumerated().map(complete)
    return block
  }

  /// The block with other axes in the place of some.
  ///
  /// - Parameter renamed: What an excluded value of a parameter is in the new axes.
  private func replacing(
    _ changed: [Int: GridAxis], _ renamed: (Int, ParameterValue) -> ParameterValue
  ) -> GridBlock {
    var block = self
    for (index, axis) in changed { block.axes[index] = axis }
    block.exclusions = exclusions.compactMap { exclusion in
      var exclusion = exclusion
      for (number, part) in exclusion.parts.enumerated() {
        guard let new = changed[part.axis]?.columns[part.column] else { continue }
        let old = axes[part.axis].columns[part.column].values
        let places = part.values.compactMap { place in
          new.values.firstIndex(of: renamed(new.parameter, old[place]))
        }
        exclusion.parts[number].values = Set(places)
      }
      return exclusion.parts.contains { $0.values.isEmpty } ? nil : exclusion
    }
    return block
  }
}

extension GridAxis {
  /// The numbers of the rows for which something holds.
  fileprivate func rows(where holds: (Int) -> Bool) -> [Int] { (0..<count).filter(holds) }
}

extension [ParameterValue] {
  /// Models grouped by the parameters that they know, each group where its first model was.
  fileprivate func groupedByParameters() -> [[ParameterValue]] {
    var groups: [[ParameterValue]] = []
    var known: [[Bool]] = []
    for value in self {
      guard case .text(let model) = value else { continue }
      let knows = Parameter.all.map { $0.applies(to: model) }
      if let group = known.firstIndex(of: knows) {
        groups[group].append(value)
      } else {
        groups.append([value])
        known.append(knows)
      }
    }
    return groups
  }
}
