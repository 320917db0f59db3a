import Testing

@testable import Report

@Suite struct CSVTests {
  /// If this fails, a text with a comma shifts all later columns.
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
    ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""), ("a\rb", "\"a\rb\""),
    ("für Elise – ♪", "für Elise – ♪"), (" spaces ", " spaces "), ("\"", "\"\"\"\""),
    // A combining mark forms one character with the character before it.
    ("a,\u{301}b", "\"a,\u{301}b\""), ("\"\u{301}", "\"\"\"\u{301}\""),
  ])
  func fieldsAreQuotedWhereNeeded(field: String, written: String) {
    #expect(Array(CSV.text(["1", field, "2"], []).utf8) == Array("1,\(written),2\n".utf8))
  }

  @Test func rowsFollowEachOther() {
    #expect(CSV.text(["a", "b"], [["", ""]]) == "a,b\n,\n")
  }
}
