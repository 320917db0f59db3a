"""Draws a terminal from what `script` recorded: python3 terminal.py TYPESCRIPT COMMAND OUT.svg"""

import html
import sys

columns, size = 100, 13
width, height = 0.602 * size, 1.35 * size
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    text = file.read()
lines = [line.split("\r")[-1] for line in text.replace("\r\n", "\n").split("\n")]
lines = [line for line in lines if not line.startswith(("Script started", "Script done"))]
while lines and not lines[-1]:
    lines.pop()
# Of the progress, which a log shows line by line, the first and the last line.
progress = [i for i, line in enumerate(lines) if " % of the work" in line]
if len(progress) > 3:
    lines[progress[1] : progress[-1]] = ["…"]
# The notes below the table.
notes = [i for i, line in enumerate(lines) if line.startswith("Means over")]
if notes:
    lines[notes[0] : -1] = ["…"]
screen = [("$ " + sys.argv[2], True)]
for line in lines:
    while len(line) > columns:
        cut = line.rfind(" ", 0, columns) if not line.startswith("|") else columns
        screen.append((line[:cut], False))
        line = line[cut + 1 :]
    screen.append((line, False))
bright = ' fill="#ffffff"'
rows = "\n".join(
    f'<text x="{size}" y="{size + (i + 1) * height:.1f}"{bright if bold else str()}>'
    f"{html.escape(line.replace(' ', chr(0xA0)))}</text>"
    for i, (line, bold) in enumerate(screen)
    if line
)
w, h = round(columns * width + 2 * size), round((len(screen) + 1) * height + size)
with open(sys.argv[3], "w", encoding="utf-8") as file:
    file.write(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">\n'
        f'<rect width="{w}" height="{h}" rx="8" fill="#1e2127"/>\n'
        f'<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="{size}" '
        f'fill="#c8ccd4">\n{rows}\n</g>\n</svg>\n'
    )
