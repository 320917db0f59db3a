import Foundation
import Parameters
import Testing

@testable import SweepPlan

@Suite("A value has one text form and one order")
struct ParameterValueTests {
  @Test(
    "Tables show the shortest text that reads back as the same value",
    arguments: [
      (.absent, "none"), (.boolean(true), "true"), (.boolean(false), "false"),
      (.integer(-3), "-3"), (.integer(.max), "9223372036854775807"), (.real(1e-4), "0.0001"),
      (.real(25), "25"), (.real(0.1), "0.1"), (.real(1e-7), "1e-07"), (.real(1e22), "1e+22"),
      (.text("a b"), "a b"),
    ] as [(ParameterValue, String)])
  func text(value: ParameterValue, expected: String) {
    #expect(value.description == expected)
  }

  @Test("Real numbers survive their text form to the last bit")
  func roundTrip() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<1000 {
      let number = Double(bitPattern: generator.next())
      if number.isFinite {
        #expect(Double(ParameterValue.real(number).description) == number)
      }
    }
  }

  @Test("Ten comes after nine, and none before both")
  func order() {
    let sorted: [ParameterValue] = [.absent, .integer(9), .integer(10)]
    #expect(sorted.shuffled().sorted() == sorted)
    #expect(ParameterValue.real(9.5) < .real(10))
    #expect(ParameterValue.boolean(false) < .boolean(true))
    #expect(ParameterValue.text("a") < .text("b"))
  }
}
