"""Would training that stops at a plateau end too early? python3 studies/budgets/plateau.py

Each trial's learning curve has 48 points. Training would stop at the first point at which the mean correlation
of the last points is less than 0.01 above that of as many points before, and is not below a floor. A network
that recalls after the whole training is lost if this mean is below 0.85.
"""

import csv
import gzip
import json
import pathlib
import tarfile

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
                    curve = row["content"]["details"]["learning"]["values"]
                    curves[row["trial"]] = [value or 0 for value in curve]


def mean(values):
    return sum(values) / len(values)


def stop(curve, points, floor):
    """The number of points after which training would stop; all if it would not."""
    for end in range(2 * points, len(curve)):
        last = mean(curve[end - points:end])
        if last >= floor and last - mean(curve[end - 2 * points:end - points]) < 0.01:
            return end
    return len(curve)


print("model  window  floor  recalled at the end  of these lost  training saved")
for model in dict.fromkeys(trial["model"] for trial in trials.values()):
    chosen = [key for key in curves if trials[key]["model"] == model]
    recalled = [key for key in chosen if trials[key]["recalled"] == "true"]
    for points in [4, 8]:
        for floor in [-1, 0.5]:
            ends = {key: stop(curves[key], points, floor) for key in chosen}
            lost = [
                key for key in recalled if ends[key] < len(curves[key])
                and mean(curves[key][ends[key] - points:ends[key]]) < 0.85
            ]
            saved = mean([1 - ends[key] / len(curves[key]) for key in chosen])
            print(f"{model:5}  1/{48 // points:<4}  {floor if floor > 0 else 'none':>5}  {len(recalled):>19}"
                  f"  {len(lost):>13}  {100 * saved:>12.0f} %")
