extension Plan {
  /// The names of the models of its trials, in the order of the tables.
  public var models: [String] {
    let values =
      axes.first { $0.key == "model" }?.values
      ?? (count > 0 ? [trial(at: 0).parameters["model"]] : [])
    return values.map(\.description)
  }

  /// The places in ``Parameter/all`` of the parameters that the model of some trial knows.
  public var knownParameters: [Int] {
    let models = models
    return Parameter.all.indices.filter { place in
      models.contains { Parameter.all[place].applies(to: $0) }
    }
  }

  /// The parameters that the grid does not vary and that some model knows, with the value that
  /// they have in the trials of such a model, in the order of the tables.
  public var fixed: [(parameter: Parameter, value: ParameterValue)] {
    let swept = Set(axes.map(\.key))
    return knownParameters.compactMap { place in
      let parameter = Parameter.all[place]
      // All models of a block know the same parameters.
      let block = combinations.products.first { product in
        parameter.applies(to: product.base[Parameter.model].description)
      }
      guard !swept.contains(parameter.key), let block else { return nil }
      return (parameter, block.base[place])
    }
  }
}
