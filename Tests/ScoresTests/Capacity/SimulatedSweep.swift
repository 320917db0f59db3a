import Foundation

@testable import Scores

/// A sweep whose frontier is known: `L* = 3 H^0.8`.
struct SimulatedSweep {
  var sizes: [Double] = [20, 40, 80, 160]
  var lengths: [Double] = [10, 15, 23, 34, 52, 78, 117, 176, 265, 400]
  var seeds = 20
  /// `b_L`; success is certain on one side of the frontier if infinite.
  var lengthSlope = -4.0
  /// Standard deviation over seeds of the log odds that a seed adds to all of its trials.
  var seedDeviation = 0.0

  static let exponent = 0.8

  /// The true `L*`.
  static func frontier(_ size: Double) -> Double { 3 * pow(size, exponent) }

  /// The outcomes of all trials, another sweep for another number.
  func observations(_ number: UInt64) -> [CapacityObservation] {
    var random = SplitMix64(seed: number)
    return (0..<seeds).flatMap { seed in
      let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &random))).squareRoot()
      let normal = radius * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
      return sizes.flatMap { size in
        lengths.map { length in
          let logOdds =
            lengthSlope * log(length / Self.frontier(size)) + seedDeviation * normal
          let success = Double.random(in: 0..<1, using: &random) < 1 / (1 + exp(-logOdds))
          return CapacityObservation(size: size, length: length, seed: seed, success: success)
        }
      }
    }
  }
}

extension CapacityObservation {
  /// The trials of one cell, each with another seed, the successes first.
  static func cell(
    _ size: Double, _ length: Double, _ successes: Int, of trials: Int
  ) -> [CapacityObservation] {
    (0..<trials).map {
      CapacityObservation(size: size, length: length, seed: $0, success: $0 < successes)
    }
  }
}
