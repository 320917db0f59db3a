import Parameters
import Testing

@testable import Report
@testable import SweepPlan

@Suite struct SummaryLaTeXTests {
  /// If this fails, a paper does not compile, or a name becomes a command.
  @Test func specialCharactersAreEscaped() {
    #expect(
      LaTeX.escaped(#"50 % & #1_a $x^2$ {b} ~\c [d]* <e> f|g"#)
        == ##"50 \% \& \#1\_a \$x\textasciicircum{}2\$ \{b\} \textasciitilde{}\textbackslash{}c "##
        + #"{[}d{]}{*} \textless{}e\textgreater{} f\textbar{}g"#)
    #expect(LaTeX.escaped("a\nb\u{2028}c\r\nd–e\u{0}") == "a b c  d--e ")
    #expect(LaTeX.line("a % b\n\\end") == "a % b \\end")
  }

  /// If this fails, the table of a paper has other numbers or columns than summary.md.
  @Test func tableHasTheNumbersOfTheSummary() throws {
    let (_, results) = try SummaryTableTests.hand.results()
    let table = SummaryTable(results)
    let text = table.latex(title: "by-hand\n\\input{x}", replicates: ["seed"])
    let lines = text.split(separator: "\n").map(String.init)
    let body = lines.filter { !$0.hasPrefix("%") }
    #expect(lines[0] == "% Sweep by-hand \\input{x}: \(table.conditions.count) conditions.")
    #expect(lines.prefix { $0.hasPrefix("%") }.contains { $0.contains("booktabs") })
    #expect(body[0].hasPrefix(#"\begin{tabular}{lr"#))
    #expect(body[1] == #"\toprule"# && body[3] == #"\midrule"#)
    #expect(body.suffix(2) == [#"\bottomrule"#, #"\end{tabular}"#])
    #expect(body.count == table.conditions.count + 6)
    let rows = body[2...].filter { $0.hasSuffix(#" \\"#) }
    #expect(rows.count == table.conditions.count + 1)
    #expect(Set(rows.map { $0.split(separator: "&").count }).count == 1)
    let markdown = table.markdown(title: "x", description: "", replicates: ["seed"])
    #expect(table.cells.dropFirst().allSatisfy { row in row.allSatisfy(markdown.contains) })
  }
}
