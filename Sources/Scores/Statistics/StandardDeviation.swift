/// The sample standard deviation `sqrt(Σ (x - mean)² / (n - 1))`; nil for fewer than two values.
public func standardDeviation(of values: some Collection<Double>) -> Double? {
  values.count < 2
    ? nil : (Moments(of: values).sumOfSquares / Double(values.count - 1)).squareRoot()
}
