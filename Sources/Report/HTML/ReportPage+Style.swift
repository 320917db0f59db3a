extension ReportPage {
  /// The style of the page for wide and narrow screens and for paper.
  static let style = """
    :root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --paper: #fff; --tint: #f4f6f8; --link: #0072B2; }
    @media screen and (prefers-color-scheme: dark) {
      :root { --ink: #e6edf3; --soft: #9aa4af; --line: #363d46; --paper: #0f1319; --tint: #1a2029; --link: #6cb6ff; }
      figure img { filter: invert(.93) hue-rotate(180deg); }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body { margin: 0 auto; padding: 1.2rem; max-width: 68rem; color: var(--ink);
      background: var(--paper); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
    h1 { font-size: 1.7rem; line-height: 1.2; margin: .2em 0; overflow-wrap: anywhere; }
    h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
    p { max-width: 46rem; overflow-wrap: anywhere; }
    .lead { font-size: 1.1rem; color: var(--soft); margin-top: 0; }
    ul.answers { padding-left: 1.2rem; max-width: 46rem; }
    ul.answers li { margin: .35rem 0; overflow-wrap: anywhere; }
    nav { display: flex; flex-wrap: wrap; gap: .3rem 1rem; font-size: .95rem; }
    a { color: var(--link); }
    code, pre { font: .88em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
    pre { background: var(--tint); padding: .7rem .9rem; border-radius: 6px; overflow-x: auto; }
    .wide { overflow-x: auto; max-width: 100%; margin: .6rem 0; }
    table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums; }
    th, td { padding: .28rem .6rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
    .sortable td { white-space: nowrap; }
    .comparison :is(th, td):nth-child(-n+3) { text-align: left; }
    .comparison tbody :is(th, td) { white-space: nowrap; }
    .facts th { text-align: left; font-weight: 600; white-space: nowrap; }
    .facts td { text-align: left; overflow-wrap: anywhere; min-width: 9rem; }
    thead th { background: var(--tint); padding: 0; vertical-align: bottom; }
    thead button { all: unset; display: block; width: 100%; padding: .35rem .6rem; cursor: pointer;
      font-weight: 600; text-align: right; box-sizing: border-box; white-space: nowrap; }
    .tall { max-height: 34rem; overflow: auto; }
    .tall thead th { position: sticky; top: 0; }
    thead button:focus-visible { outline: 2px solid var(--link); outline-offset: -2px; }
    thead button::after { content: " \\2195"; color: #8c959f; }
    th[aria-sort="ascending"] button::after { content: " \\2191"; color: var(--link); }
    th[aria-sort="descending"] button::after { content: " \\2193"; color: var(--link); }
    .figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19.5rem), 1fr)); gap: 1.4rem; align-items: start; }
    figure { margin: 0; break-inside: avoid; }
    figure img { width: 100%; max-width: 26rem; height: auto; background: #fff; display: block; }
    figcaption { font-size: .85rem; color: var(--soft); }
    figcaption b { color: var(--ink); display: block; }
    details summary { cursor: pointer; margin: .5rem 0; }
    footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }
    @media (max-width: 32rem) { body { padding: .8rem; font-size: 15px; } .facts th { white-space: normal; } }
    .small { font-size: .85rem; color: var(--soft); }
    .comparison thead th { padding: .35rem .6rem; }
    .paper { display: none; }
    @media print {
      .paper { display: block; color: var(--soft); }
      .sortable th:nth-child(n+\(HTML.printedColumns + 1)), .sortable td:nth-child(n+\(HTML.printedColumns + 1)) { display: none; }
      body { max-width: none; padding: 0; font-size: 10pt; }
      nav, thead button::after { display: none; }
      .wide { overflow: visible; max-height: none; }
      .tall tbody tr:nth-child(n+41) { display: none; }
      table { font-size: 7pt; } th, td, thead button { padding: .15rem .3rem; }
      .figures { grid-template-columns: 1fr 1fr; }
      h2 { break-after: avoid; }
      tr { break-inside: avoid; }
    }
    """

  /// Sorts a table when the head of a column is clicked: numbers as numbers, missing ones last.
  static let script = """
    "use strict";
    function key(text) {
      const match = /^[<>]?\\s*(-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)(?:$|[\\s%])/i.exec(text);
      return match ? Number(match[1]) : text;
    }
    function isMissing(text) { return text === "" || text === "\\u2013" || text === "none"; }
    function compare(a, b) {
      if (typeof a === "number" && typeof b === "number") return a - b;
      if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
      return a < b ? -1 : a > b ? 1 : 0;
    }
    for (const table of document.querySelectorAll("table.sortable")) {
      const heads = Array.from(table.tHead.rows[0].cells);
      heads.forEach((head, column) => head.querySelector("button").addEventListener("click", () => {
        const descending = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        const body = table.tBodies[0];
        const rows = Array.from(body.rows, (row) => {
          const text = row.cells[column].textContent;
          return { row, missing: isMissing(text), key: key(text) };
        });
        rows.sort((a, b) => a.missing - b.missing
          || (descending ? compare(b.key, a.key) : compare(a.key, b.key)));
        body.append(...rows.map((entry) => entry.row));
      }));
    }
    """
}
