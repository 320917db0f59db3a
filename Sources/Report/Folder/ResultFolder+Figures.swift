import FoundationEssentials
import Journal
import SweepPlan

extension ResultFolder {
  /// A figure with its picture.
  struct DrawnFigure: Sendable {
    let figure: Figure
    /// The picture; nil if it could not be drawn.
    let svg: Data?
  }

  /// Writes `figures/`: a script and its data for each figure, and the pictures that gnuplot draws
  /// from them. Files of older figures are removed.
  ///
  /// - Returns: The figures, and warnings about those that could not be drawn.
  /// - Throws: ``WriteError``.
  func writeFigures(_ figures: [Figure]) throws -> (drawn: [DrawnFigure], warnings: [String]) {
    for name in try oldFigures { try remove("\(Name.figures)/\(name)") }
    for figure in figures {
      try write(figure.script, to: "\(Name.figures)/\(figure.name).gp")
      try write(figure.data, to: "\(Name.figures)/\(figure.name).dat")
    }
    guard let gnuplot = Gnuplot() else {
      return (
        figures.map { DrawnFigure(figure: $0, svg: nil) },
        figures.isEmpty ? [] : ["\(Gnuplot.Failure.missing)"]
      )
    }
    let folder = self.figures
    let found = concurrentMap(figures.count) { index -> Gnuplot.Failure? in
      do throws(Gnuplot.Failure) {
        try gnuplot.draw(figures[index].name + ".gp", in: folder)
        return nil
      } catch {
        return error
      }
    }
    let drawn = zip(figures, found).map { figure, failure in
      DrawnFigure(
        figure: figure,
        svg: failure == nil
          ? FileManager.default.contents(atPath: "\(folder)/\(figure.name).svg") : nil)
    }
    let warnings = zip(figures, found).compactMap { figure, failure in
      failure.map { "figures/\(figure.name): \($0)" }
    }
    return (drawn, warnings)
  }

  private var oldFigures: [String] {
    get throws {
      let folder = self.figures
      guard FileManager.default.fileExists(atPath: folder) else { return [] }
      do {
        return try FileManager.default.contentsOfDirectory(atPath: folder)
          .filter { name in
            [".gp", ".dat", ".svg", ".png"].contains { name.hasSuffix($0) }
          }.sorted()
      } catch {
        throw WriteError(path: folder, reason: systemReason(of: error))
      }
    }
  }
}
