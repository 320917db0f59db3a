"""Draws docs/quickstart.svg from the results of `make run`: python3 quickstart.py RESULTS OUT.svg"""

import csv
import json
import pathlib
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
import numpy as np

results, out = pathlib.Path(sys.argv[1]), sys.argv[2]
blue, grey = "#0072B2", "#8A8A8A"
plt.rcParams.update(
    {"font.size": 9, "font.family": "sans-serif", "svg.hashsalt": "quickstart", "svg.fonttype": "path"}
)
root = pathlib.Path(__file__).resolve().parents[2]
target = np.loadtxt(root / "sweeps/patterns/fuer_elise.txt", dtype=int)


def replayed(notes):
    """The array [neuron, note] of the last notes of a trial, from the hexadecimal digits of the journal."""
    digits = [int(digit, 16) for digit in notes["active"]]
    bits = [digit >> place & 1 for digit in digits for place in (3, 2, 1, 0)]
    count = target.shape[1]
    return np.array(bits[: count * notes["neurons"]]).reshape(count, notes["neurons"]).T


journal = {}
for path in sorted(results.glob("journal/*.jsonl")):
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        parameters = row["content"]["parameters"]
        journal[parameters["latent"], parameters["seed"]] = replayed(row["content"]["details"]["notes"])
with open(results / "summary.csv", encoding="utf-8") as file:
    summary = list(csv.DictReader(file))

figure = plt.figure(figsize=(7.6, 3.3), layout="constrained")
left, right = figure.subfigures(1, 2, width_ratios=[1.5, 1])
panels = [
    ("target: 25 notes of Für Elise", target),
    ("replay of a network with 10 latent neurons", journal[10, 1]),
    ("replay of a network with 30 latent neurons", journal[30, 1]),
]
for axes, (title, array) in zip(left.subplots(3, 1, sharex=True), panels):
    for neuron, note in zip(*np.nonzero(array)):
        right_note = target[neuron, note] == 1
        axes.add_patch(
            plt.Rectangle(
                (note + 0.55, neuron + 0.6), 0.9, 0.8, color=blue if right_note else "#D55E00"
            )
        )
    axes.set(xlim=(0.5, 25.5), ylim=(0.5, 13.5), yticks=[1, 13], ylabel="neuron")
    axes.set_title(title, loc="left", fontsize=9)
    if not array.any():
        axes.text(13, 7, "silent", ha="center", va="center", color=grey)
    axes.spines[["top", "right"]].set_visible(False)
axes.set_xlabel("note")

axes = right.subplots()
latent = [int(row["latent"]) for row in summary]
value, low, high = (
    np.array([float(row[f"recalled_{key}"]) for row in summary]) for key in ("mean", "low", "high")
)
axes.errorbar(latent, value, [value - low, high - value], fmt="o-", color=blue, capsize=3)
axes.set(xlabel="latent neurons", xticks=latent, ylim=(-0.05, 1.05))
axes.set_title("networks that recall (fraction of three)", loc="left", fontsize=9)
axes.spines[["top", "right"]].set_visible(False)
figure.savefig(out, metadata={"Date": None})
