"""Runs the Python blocks of a Markdown page as they are written, one after another.

Usage: run_page.py PAGE.md    in the folder that the page assumes
"""

import pathlib
import re
import sys

import matplotlib

matplotlib.use("Agg")

page = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
blocks = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
assert blocks, "the page has no Python"
names = {}
for number, block in enumerate(blocks, 1):
    exec(compile(block, f"{sys.argv[1]}, block {number}", "exec"), names)
print(f"{len(blocks)} blocks ran")
