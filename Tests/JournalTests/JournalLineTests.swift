import Testing

@testable import Journal
@testable import JournalSupport
@testable import SweepPlan

@Suite struct JournalLineTests {
  /// If this fails, a resumed run does not find what an earlier one finished.
  @Test(arguments: TrialStatus.allCases)
  func isReadAsItWasWritten(status: TrialStatus) throws {
    let row = try JournalRows.row(
      seed: 7, status: status, reason: "ends with \"}\n\u{0} and é",
      scores: ["chance": .leastNonzeroMagnitude])
    #expect(JournalLine(row.bytes[...]) == row)
  }

  /// If this fails, one trial's row covers two lines and both are thrown away.
  @Test func holdsNoNewline() throws {
    let row = try JournalRows.row(
      seed: 1, status: .failed, reason: "first\nsecond\r\nthird\u{2028}")
    #expect(!row.bytes.contains(UInt8(ascii: "\n")))
    #expect(!row.bytes.contains(UInt8(ascii: "\r")))
  }

  /// If this fails, journals of released versions cannot be read any more.
  @Test func hasTheDocumentedForm() {
    let line = JournalLine(
      trial: ContentHash(high: 0x0123_4567_89ab_cdef, low: 0xf), status: .diverged,
      tests: [.capacity, .recall],
      content: Array(#"{"a":1}"#.utf8))
    let text =
      #"{"checksum":"9273d86bcb5ef083","trial":"0123456789abcdef000000000000000f","#
      + #""status":"diverged","tests":"recall,capacity","content":{"a":1}}"#
    #expect(String(decoding: line.bytes, as: UTF8.self) == text)
  }

  /// If this fails, a disk error turns into a wrong score in a published table.
  @Test func anyFlippedBitIsNoticed() throws {
    let row = try JournalRows.row(seed: 1)
    let bytes = row.bytes
    for index in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[index] ^= 1 << bit
        #expect(JournalLine(damaged[...]) == nil, "bit \(bit) of byte \(index)")
      }
    }
  }

  /// If this fails, what a killed run left of its last line counts as a finished trial.
  @Test func anyTruncationIsNoticed() throws {
    let bytes = try JournalRows.row(seed: 1).bytes
    for length in bytes.indices {
      #expect(JournalLine(bytes[..<length]) == nil, "first \(length) bytes")
      if length > 0 { #expect(JournalLine(bytes[length...]) == nil, "from byte \(length) on") }
    }
  }

  /// If this fails, two lines that ran into each other count as one trial's row.
  @Test func anyAppendedByteIsNoticed() throws {
    let bytes = try JournalRows.row(seed: 1).bytes
    for byte in UInt8.min...UInt8.max {
      #expect(JournalLine((bytes + [byte])[...]) == nil)
      #expect(JournalLine(([byte] + bytes)[...]) == nil)
    }
    #expect(JournalLine((bytes + bytes)[...]) == nil)
  }

  /// A line need not start at index 0 of what it is cut out of.
  @Test func isReadOutOfTheMiddleOfAFile() throws {
    let row = try JournalRows.row(seed: 2)
    let file = Array("some text\n".utf8) + row.bytes
    #expect(JournalLine(file[10...]) == row)
  }
}
