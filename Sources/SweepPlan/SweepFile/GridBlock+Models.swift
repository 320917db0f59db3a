import Parameters

extension GridBlock {
  /// The block as one or more blocks, with the values that trials have. The models of each use the
  /// same parameters, so later steps need not distinguish models.
  func completedByModel() -> [GridBlock] {
    guard let (axis, column) = column(of: Parameter.model) else {
      return [completed(for: base[Parameter.model])]
    }
    let models = axes[axis].columns[column]
    let groups = models.values.groupedByParameters()
    if groups.count == 1 { return [completed(for: models.values[0])] }
    let blocks = groups.map { group in
      keeping(rows: (0..<axes[axis].count).filter { group.contains(models[$0]) }, of: axis)
        .completed(for: group[0])
    }
    // All trials of a model may be excluded, if another model remains.
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

  /// The block with the values in trials of a model.
  private func completed(for model: ParameterValue) -> GridBlock {
    guard case .text(let model) = model else { return self }
    func complete(_ parameter: Int, _ value: ParameterValue) -> ParameterValue {
      Parameter.all[parameter].completed(value, for: model)
    }
    var changed: [Int: GridAxis] = [:]
    for (index, axis) in axes.enumerated() {
      let isComplete = axis.columns.allSatisfy { column in
        column.values.allSatisfy { complete(column.parameter, $0) == $0 }
      }
      if isComplete { continue }
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

  /// The block with other axes.
  ///
  /// - Parameters:
  ///   - changed: The new axes, by index.
  ///   - renamed: The value in the new axes for an excluded value of a parameter.
  private func replacing(
    _ changed: [Int: GridAxis], _ renamed: (Int, ParameterValue) -> ParameterValue
  ) -> GridBlock {
    var block = self
    for (index, axis) in changed { block.axes[index] = axis }
    block.exclusions = exclusions.compactMap { exclusion in
      var exclusion = exclusion
      for (index, part) in exclusion.parts.enumerated() {
        guard let new = changed[part.axis]?.columns[part.column] else { continue }
        let old = axes[part.axis].columns[part.column].values
        exclusion.parts[index].values = Set(
          part.values.compactMap { new.values.firstIndex(of: renamed(new.parameter, old[$0])) })
      }
      return exclusion.parts.contains { $0.values.isEmpty } ? nil : exclusion
    }
    return block
  }
}

extension [ParameterValue] {
  /// Models grouped by the parameters that they use, each group at the place of its first model.
  fileprivate func groupedByParameters() -> [[ParameterValue]] {
    var groups: [(uses: [Bool], models: [ParameterValue])] = []
    for value in self {
      let uses = Parameter.all.map { $0.applies(to: value.description) }
      if let group = groups.firstIndex(where: { $0.uses == uses }) {
        groups[group].models.append(value)
      } else {
        groups.append((uses, [value]))
      }
    }
    return groups.map(\.models)
  }
}
