import Foundation

/// Numbers as people read them.
enum NumberText {
  /// A number with so many decimals.
  static func decimals(_ value: Double, _ count: Int) -> String {
    String(format: "%.\(count)f", value)
  }

  /// A number with four significant digits.
  static func short(_ value: Double) -> String { String(format: "%.4g", value) }
}
