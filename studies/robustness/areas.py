"""Robustness over the logarithm of severity: python3 studies/robustness/areas.py

The area over severity rests on the largest severities, because they grow by factors. This prints, for each
condition, the mean area over severity and over its logarithm, from the curves in the journal (four decimals).
"""

import csv
import gzip
import json
import math
import pathlib
import tarfile

SEVERITIES = {
    "silence": [0.1, 0.24, 0.5, 1, 2],
    "membrane_noise": [0.5, 1, 2, 4, 8],
    "synapse_loss": [0.01, 0.02, 0.05, 0.1, 0.2],
    "weight_noise": [0.05, 0.1, 0.2, 0.4, 0.8],
    "latent_loss": [0.02, 0.05, 0.1, 0.2, 0.4],
}
AXES = ["latent", "dendrite_density", "plastic_replay"]

folder = pathlib.Path(__file__).parent
with gzip.open(folder / "trials.csv.gz", "rt") as file:
    trials = {row["trial"]: row for row in csv.DictReader(file)}
curves = {}
with tarfile.open(folder / "journal.tar.xz") as archive:
    for member in archive:
        if member.name.endswith(".jsonl"):
            for line in archive.extractfile(member):
                row = json.loads(line)
                if row.get("trial") in trials:
                    curves[row["trial"]] = row["content"]["details"].get("robustness")


def area(places, quality):
    """The area under a curve, divided by the range of its places."""
    steps = zip(places, places[1:], quality, quality[1:])
    return sum((b - a) * (p + q) / 2 for a, b, p, q in steps) / (places[-1] - places[0])


def mean(values):
    return sum(values) / len(values)


conditions = {}
for key, trial in trials.items():
    if curves[key]:
        conditions.setdefault(tuple(trial[axis] for axis in AXES), []).append((trial, curves[key]))
print("; ".join(AXES) + ": networks; area over severity, over its logarithm")
for condition, networks in sorted(conditions.items()):
    row = []
    for kind, severities in SEVERITIES.items():
        linear = [area([0] + severities, curve[kind]) for _, curve in networks]
        for (trial, _), value in zip(networks, linear):
            assert abs(value - float(trial[f"robustness_{kind}"])) < 2e-4
        logs = [area([math.log(s) for s in severities], curve[kind][1:]) for _, curve in networks]
        row.append((mean(linear), mean(logs)))
    row.append((mean([a for a, _ in row]), mean([b for _, b in row])))
    print("; ".join(condition) + f": {len(networks)}; "
          + ", ".join(f"{name} {a:.2f} {b:.2f}" for name, (a, b) in zip([*SEVERITIES, "mean"], row)))
