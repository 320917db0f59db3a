extension FigureSource {
  /// Every figure that these results have something to show in.
  var figures: [Figure] {
    ScoreFigure.all(self) + HeatMapFigure.all(self) + CapacityFigures.all(self)
      + [ResourcesFigure.figure(self)].compactMap(\.self) + CurveFigures.all(self)
      + [RasterFigure.figure(self), RobustnessFigure.figure(self), RanksFigure.figure(self)]
      .compactMap(\.self)
  }
}
