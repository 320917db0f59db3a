"""Would training that stops at a plateau end too early? python3 studies/budgets/plateau.py

Each trial's learning curve has 48 points. Training would stop at the first point at which the mean correlation
of the last points is less than 0.01 above that of as many points before, and is not below a floor. A network
that recalls after the whole training is lost if this mean is below 0.85.

The second table asks whether networks that still improve recall later: those of the study *models* that do not
recall, and the same networks after four times the training. They improve if the mean of the last quarter of the
curve is more than 0.02 above that of the quarter before.
"""

import csv
import gzip
import json
import pathlib
import tarfile

studies = pathlib.Path(__file__).parent.parent


def load(study):
    """The trials of a study and their learning curves, by their identity."""
    with gzip.open(studies / study / "trials.csv.gz", "rt") as file:
        trials = {row["trial"]: row for row in csv.DictReader(file)}
    curves = {}
    with tarfile.open(studies / study / "journal.tar.xz") as archive:
        for member in archive:
            if member.name.endswith(".jsonl"):
                for line in archive.extractfile(member):
                    row = json.loads(line)
                    if row.get("trial") in trials:
                        curve = row["content"]["details"]["learning"]["values"]
                        curves[row["trial"]] = [value or 0 for value in curve]
    return trials, curves


def mean(values):
    return sum(values) / len(values)


def stop(curve, points, floor):
    """The number of points after which training would stop; all if it would not."""
    for end in range(2 * points, len(curve)):
        last = mean(curve[end - points:end])
        if last >= floor and last - mean(curve[end - 2 * points:end - points]) < 0.01:
            return end
    return len(curve)


trials, curves = load("budgets")
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


def network(trial):
    return tuple(trial[key] for key in ["model", "latent", "sequence_length", "seed"])


later = {network(trial): trial["recalled"] == "true" for trial in trials.values()}
earlier, curves = load("models")
print("\nmodel  improve  recall later  do not improve  recall later")
for model in dict.fromkeys(trial["model"] for trial in trials.values()):
    found = {True: [], False: []}
    for key, trial in earlier.items():
        if trial["model"] == model and trial["recalled"] == "false" and network(trial) in later:
            quarter = len(curves[key]) // 4
            rise = mean(curves[key][-quarter:]) - mean(curves[key][-2 * quarter:-quarter])
            found[rise > 0.02].append(later[network(trial)])
    print(f"{model:5}  {len(found[True]):>7}  {sum(found[True]):>12}  {len(found[False]):>14}  {sum(found[False]):>12}")
