"""Runs the Python blocks of a Markdown page as they are written, one after another.

Usage: run_page.py PAGE.md [--commands]    in the folder that the page assumes

With --commands, blocks of shell commands run too, except those that install packages.
"""

import pathlib
import re
import subprocess
import sys

import matplotlib

matplotlib.use("Agg")

page = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
kinds = "python|sh" if "--commands" in sys.argv else "python"
blocks = re.findall(rf"^```({kinds})\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
assert blocks, "the page has no Python"
names = {}
for number, (kind, block) in enumerate(blocks, 1):
    if kind == "python":
        exec(compile(block, f"{sys.argv[1]}, block {number}", "exec"), names)
    elif not block.startswith("python3 -m venv"):
        subprocess.run(["bash", "-euo", "pipefail", "-c", block], check=True)
print(f"{len(blocks)} blocks ran")
