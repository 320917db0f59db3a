import SweepPlan

/// The trials of each rank over time.
enum RanksFigure {
  /// The most lanes that are drawn; beyond them the figure shows the number of running trials.
  static let maximumLanes = 48
  /// Pauses longer than this fraction of the mean busy time of a rank are cut out.
  static let longPause = 0.1
  /// The number of parts that the time is divided into; more could not be seen.
  static let resolution = 400

  /// The time of a trial, in seconds.
  private struct Span {
    var rank: Int
    var start: Double
    var end: Double
  }

  static func figure(_ source: FigureSource) -> Figure? {
    let costs = source.results.rows.compactMap(\.cost).filter { $0.seconds > 0 }
    guard !costs.isEmpty else { return nil }
    let (spans, cuts) = withoutPauses(
      costs.map { Span(rank: $0.rank, start: $0.start, end: $0.start + $0.seconds) }
        .sorted { ($0.start, $0.rank) < ($1.start, $1.rank) })
    let lanes = lanes(spans)
    let total = spans.map(\.end).max()!
    let unit = total > 3 * 3600 ? (3600.0, "h") : total > 300 ? (60.0, "min") : (1.0, "s")
    var layout = PanelLayout()
    let isByLane = lanes.count <= maximumLanes
    layout.panelHeight = isByLane ? min(220, max(50, lanes.count * 14)) : 110
    layout.left = 58
    var script = FigureScript(name: "ranks", layout: layout)
    script.beginPanel()
    for cut in cuts {
      let x = GnuplotText.number(cut / unit.0)
      script.add(["set arrow from \(x), graph 0 to \(x), graph 1 nohead dt (4,2) lc rgb '#D55E00'"])
    }
    script.add(["set xrange [0:*]", "set xlabel 'time (\(unit.1))' offset 0,0.4"])
    if isByLane {
      let gap = total / Double(resolution)
      let rows = lanes.enumerated().flatMap { lane, entry in
        merged(entry.spans, gap: gap).map { span -> [Double?] in
          [Double(lane), span.start / unit.0, span.end / unit.0]
        }
      }
      let block = script.block("busy", ["lane", "start", "end"], rows)
      let every = max(1, lanes.count * 11 / layout.panelHeight + 1)
      let firsts = lanes.indices.filter { $0 == 0 || lanes[$0].rank != lanes[$0 - 1].rank }
      let tics = firsts.filter { firsts.count == 1 || $0.isMultiple(of: every) }
        .map { "'rank \(lanes[$0].rank)' \($0)" }
      script.add([
        "set yrange [\(Double(lanes.count) - 0.4):-0.6]",
        "set ytics (\(tics.joined(separator: ", ")))",
        "unset ylabel",
      ])
      script.plot([
        block
          + "using 2:1:2:3:($1-0.36):($1+0.36) with boxxyerror fs solid 1 border lc rgb '#ffffff' "
          + "lw 0.4 fc rgb '#0072B2' notitle"
      ])
    } else {
      let rows = running(spans, total).enumerated().map { bin, running -> [Double?] in
        [(Double(bin) + 0.5) * total / Double(resolution) / unit.0, running]
      }
      let block = script.block("threads that run a trial", ["time", "running"], rows)
      script.add([
        "set yrange [0:*]", "set ytics autofreq", "set ylabel 'trials running' offset 0.5,0",
      ])
      script.plot([block + "using 1:2 with steps lc rgb '#0072B2' lw 1.2 notitle"])
    }
    return script.figure(
      "Ranks over time",
      note: (isByLane
        ? "Blue: \(counted(costs.count, "trial")), one lane per thread. A bar is as long as its thread computed, so "
          + "on a machine with other work there are gaps."
        : "Trials that run at a time, of \(costs.count).")
        + (cuts.isEmpty ? "" : " Dashed: long times in which nothing was computed, left out."))
  }

  /// Cuts out long times in which nothing ran, such as those between two runs.
  private static func withoutPauses(_ spans: [Span]) -> (spans: [Span], cuts: [Double]) {
    let busy = spans.map { $0.end - $0.start }.reduce(0, +)
    let longest = max(longPause * busy / Double(Set(spans.map(\.rank)).count), 1)
    var (moved, cuts): ([Span], [Double]) = ([], [])
    var removed = spans[0].start
    var end = spans[0].start
    for var span in spans {
      if span.start - end > longest {
        removed += span.start - end
        cuts.append(end - (removed - (span.start - end)))
      }
      end = max(end, span.end)
      span.start -= removed
      span.end -= removed
      moved.append(span)
    }
    return (moved, cuts)
  }

  /// Distributes the trials of each rank over lanes, one for each thread.
  private static func lanes(_ spans: [Span]) -> [(rank: Int, spans: [Span])] {
    Dictionary(grouping: spans, by: \.rank).sorted { $0.key < $1.key }.flatMap { rank, spans in
      var lanes: [[Span]] = []
      for span in spans {
        if let free = lanes.firstIndex(where: { $0.last!.end <= span.start + 1e-3 }) {
          lanes[free].append(span)
        } else {
          lanes.append([span])
        }
      }
      return lanes.map { (rank: rank, spans: $0) }
    }
  }

  /// Joins trials that are too short to be seen.
  private static func merged(_ spans: [Span], gap: Double) -> [Span] {
    var merged: [Span] = []
    for span in spans {
      if let last = merged.last, span.start - last.end < gap,
        min(span.end - span.start, last.end - last.start) < gap * 4
      {
        merged[merged.count - 1].end = span.end
      } else {
        merged.append(span)
      }
    }
    return merged
  }

  /// The mean number of running trials in each part of the time.
  private static func running(_ spans: [Span], _ total: Double) -> [Double] {
    var busy = [Double](repeating: 0, count: resolution)
    let width = total / Double(resolution)
    for span in spans {
      let first = min(resolution - 1, Int(span.start / width))
      let last = min(resolution - 1, Int(span.end / width))
      for bin in first...max(first, last) {
        let (start, end) = (Double(bin) * width, Double(bin + 1) * width)
        busy[bin] += max(0, min(end, span.end) - max(start, span.start)) / width
      }
    }
    return busy
  }
}
