"""Draws findings.svg, paper.svg, training.svg and capacity.svg from the stored results of the studies: python3 studies.py STUDIES DOCS"""

import pathlib
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

studies, docs = map(pathlib.Path, sys.argv[1:])
colors = {"elise": "#0072B2", "rflo": "#009E73", "bptt": "#D55E00", "force": "#CC79A7", "esn": "#8A8A8A"}
names = {"elise": "ELiSe", "rflo": "RFLO", "bptt": "BPTT", "force": "FORCE", "esn": "echo state"}
markers = dict(zip(colors, "osD^v"))
plt.rcParams.update(
    {"font.size": 9, "font.family": "sans-serif", "svg.hashsalt": "studies", "svg.fonttype": "path"}
)


def read(study, table):
    """A table of a study, in which *none* is a text and an empty field is missing."""
    return pd.read_csv(studies / study / table, keep_default_na=False, na_values=[""])


def wilson(successes, count, z=1.959964):
    """The 95 % interval of a fraction."""
    fraction = successes / count
    middle = (fraction + z * z / 2 / count) / (1 + z * z / count)
    half = z * np.sqrt(fraction * (1 - fraction) / count + z * z / 4 / count**2) / (1 + z * z / count)
    return middle - half, middle + half


def fractions(axes, x, successes, count, **style):
    """Draws fractions of networks with their intervals."""
    x, successes, count = map(np.atleast_1d, (x, successes, count))
    low, high = wilson(successes, count)
    fraction = successes / count
    axes.errorbar(
        x, fraction, [fraction - low, high - fraction],
        **{"capsize": 2, "linewidth": 1, "markersize": 5} | style,
    )
    axes.set(ylim=(-0.05, 1.05))


def save(figure, axes, name):
    """Writes a figure whose panels have letters."""
    for panel, letter in zip(axes, "ABCD"):
        panel.spines[["top", "right"]].set_visible(False)
        if len(axes) > 1:
            panel.set_title(letter, loc="right", fontweight="bold", fontsize=10)
    figure.savefig(docs / name, metadata={"Date": None})


figure, sizes = plt.subplots(figsize=(5.6, 2.8), layout="constrained")

trials = read("paper", "trials.csv.gz")
usual = {
    "model": "elise", "scaffold": True, "scaffold_p": 0.2, "scaffold_q": 0.15, "dendrite_density": 1,
    "delay_min": 5, "delay_max": 15, "note_duration": 10, "target_noise": 0, "disruption": "none",
    "training_cycles": 10000, "plastic_replay": True,
}


def chosen(**changes):
    """The trials of the paper's network, or of one that differs from it in some parameters."""
    rows = trials[trials["cue_notes"].isna()]
    for key, value in (usual | changes).items():
        rows = rows[rows[key] == value]
    return rows


by_size = chosen().groupby("latent")["recalled"].agg(["sum", "count"])
fractions(sizes, by_size.index, by_size["sum"], by_size["count"], fmt="o-", color=colors["elise"])
for x, name, changes, place in [
    (50, "no scaffold", {"scaffold": False}, (56, 0.12)),
    (52, "dendrites of latent neurons do not learn", {"model": "reservoir"}, (56, 0.02)),
    (51, "latent neurons without dendrites", {"model": "soma_only"}, (56, 0.34)),
]:
    recalled = chosen(latent=50, **changes)["recalled"]
    fractions(sizes, x, recalled.sum(), recalled.count(), fmt="x", color="black")
    sizes.text(*place, name, fontsize=8)
sizes.set(xlabel="latent neurons", ylabel="fraction of networks")
sizes.set_title("networks that recall Für Elise", loc="left", fontsize=9)
save(figure, [sizes], "paper.svg")

figure, ((lengths, models), (costs, damage)) = plt.subplots(2, 2, figsize=(7.6, 6.2), layout="constrained")

trials = read("models", "trials.csv.gz")
for index, (model, color) in enumerate(colors.items()):
    units = 100 if model == "esn" else 50
    rows = trials[(trials["model"] == model) & (trials["latent"] == units)].groupby("sequence_length")["recalled"]
    fractions(
        lengths, rows.count().index * (1 + 0.015 * (index - 2)), rows.sum(), rows.count(),
        fmt=markers[model] + "-", color=color,
    )
lengths.set(xlabel="notes", ylabel="fraction of networks", xscale="log")
lengths.minorticks_off()
ticks = sorted(trials["sequence_length"].unique())
lengths.set_xticks(ticks, ticks)
lengths.set_title("networks of 50 units that recall (echo state: 100)", loc="left", fontsize=9)

trials = trials[trials["sequence_length"] == 25]
tuned = read("tuning", "trials.csv.gz")
tuned = tuned[(tuned["sequence_length"] == 25) & tuned["seed"].isin(trials["seed"])]
for axes, measure, label in [
    (models, "latent", "recurrent units"),
    (costs, "multiply_adds_per_ms", "multiply-adds per ms of training"),
]:
    for model, color in colors.items():
        rows = trials[trials["model"] == model].groupby("latent")
        fractions(
            axes, rows[measure].mean(), rows["recalled"].sum(), rows["recalled"].count(),
            fmt=markers[model] + "-", color=color, label=names[model],
        )
    for model in "elise", "rflo", "bptt":
        rows = tuned[tuned["model"] == model]
        rows = rows[rows["delay_max" if model == "elise" else f"{model}_delay_max"] == 15]
        fractions(
            axes, rows[measure].mean(), rows["recalled"].sum(), rows["recalled"].count(),
            fmt=markers[model], color=colors[model], markerfacecolor="white",
        )
    axes.set(xlabel=label, xscale="log")
models.minorticks_off()
models.set_xticks([20, 50, 100, 200, 400], ["20", "50", "100", "200", "400"])
costs.set(ylabel="fraction of networks")
costs.legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(-0.02, 0.62))
models.set_title("networks that recall 25 generated notes", loc="left", fontsize=9)
costs.set_title("the same, against cost", loc="left", fontsize=9)

summary = read("model_robustness", "summary.csv")
kinds = ["silence", "synapse_loss", "weight_noise", "latent_loss"]
rows = [
    (model, latent, delays, row)
    for model, latent, delays in [
        ("elise", 30, True), ("bptt", 30, True), ("elise", 100, True), ("rflo", 100, True), ("rflo", 100, False),
        ("bptt", 100, True), ("bptt", 100, False), ("force", 100, False),
    ]
    for _, row in summary[(summary["model"] == model) & (summary["latent"] == latent)].iterrows()
    if model in ("elise", "force") or (row[f"{model}_delay_max"] == 15) == delays
]
for place, (model, latent, delays, row) in enumerate(rows):
    mean, low, high = (
        np.array([row[f"robustness_{kind}_{key}"] for kind in kinds]) for key in ("mean", "low", "high")
    )
    small = latent < 100
    damage.errorbar(
        np.arange(len(kinds)) + 0.12 * (place - (len(rows) - 1) / 2), mean, [mean - low, high - mean],
        fmt="P" if small else markers[model], capsize=2, linewidth=1, markersize=5,
        color={"elise": "#56B4E9", "bptt": "#E69F00"}[model] if small else colors[model],
        markerfacecolor="white" if delays and model in ("rflo", "bptt") else None,
        label=f"{names[model]}, {latent} units" if small or model == "elise" else None,
    )
damage.set_xticks(range(len(kinds)), [kind.replace("_", "\n") for kind in kinds])
damage.set(ylim=(0, 1.05), ylabel="robustness")
damage.legend(frameon=False, fontsize=8)
damage.set_title("robustness of networks that recall (+: 30 units)", loc="left", fontsize=9)
save(figure, (lengths, models, costs, damage), "findings.svg")

figure, ((rates, songs), (training, pools)) = plt.subplots(2, 2, figsize=(7.6, 6.2), layout="constrained")

trials = read("learning_rates", "trials.csv.gz")
trials = trials[trials["training_cycles"] == 10_000]
for (latent, rows), color, marker in zip(
    trials.groupby("latent"), ["#56B4E9", "#0072B2", "#000000", "#D55E00", "#009E73"], "os^Dv", strict=True
):
    rows = rows.groupby("learning_rate_latent")["recalled"].agg(["sum", "count"])
    fractions(
        rates, rows.index / 1e-3, rows["sum"], rows["count"], fmt=marker + "-", color=color,
        label=f"{latent} latent",
    )
rates.set(xlabel="learning rates, relative to the paper's", ylabel="fraction of networks", xscale="log")
rates.minorticks_off()
rates.set_xticks([0.25, 0.5, 1, 2, 4, 8], ["¼", "½", "1", "2", "4", "8"])
rates.legend(frameon=False, fontsize=8, loc="upper right")
rates.set_title("networks that recall Für Elise", loc="left", fontsize=9)

trials = read("songs", "trials.csv.gz")
trials["song"] = trials["pattern"].str.extract(r"(\w+)\.txt$")
columns = read("songs", "songs.csv").set_index("song")["columns"]
for latent, color, marker, shift in (20, "#56B4E9", "o", -0.6), (40, "#0072B2", "s", 0), (80, "#000000", "^", 0.6):
    recalled = trials[trials["latent"] == latent].groupby("song")["recalled"].sum()
    songs.plot(
        columns[recalled.index] + shift, recalled + shift / 8, marker, color=color, markersize=4,
        label=f"{latent} latent", alpha=0.8,
    )
songs.set(xlabel="columns of the song", ylabel="networks")
songs.legend(frameon=False, fontsize=8)
songs.set_title("networks that recall a song (of 5)", loc="left", fontsize=9)

usual, longer = read("models", "trials.csv.gz"), read("budgets", "trials.csv.gz")
position = 0
for length in 25, 40:
    for model, color in colors.items():
        latent = longer.loc[longer["model"] == model, "latent"].iloc[0]
        for trials, shift, fill in (usual, -0.15, "white"), (longer, 0.15, color):
            recalled = trials.loc[
                (trials["model"] == model) & (trials["sequence_length"] == length) & (trials["latent"] == latent),
                "recalled",
            ]
            fractions(
                training, position + shift, recalled.sum(), recalled.count(),
                fmt=markers[model], color=color, markerfacecolor=fill,
            )
        name = names[model].replace("echo state", "ESN")
        training.text(position, -0.11, f"{name}\n{latent}", ha="center", va="top", fontsize=6)
        position += 1
    training.text(position - 3, 1.0, f"{length} notes", ha="center", fontsize=8)
    position += 0.5
training.set_xticks([])
training.set(ylabel="fraction of networks")
training.set_title("usual training (open), four times (filled)", loc="left", fontsize=9)

trials = read("pools", "trials.csv.gz")
short = trials[trials["turn_cycles"] == 20]
for (latent, rows), color, marker, shift in zip(
    short.groupby("latent"), ["#0072B2", "#000000"], "s^", (-0.05, 0.05)
):
    rows = rows.groupby("pattern_count")["recalled"].agg(["sum", "count"])
    fractions(
        pools, rows.index + shift, rows["sum"], rows["count"], fmt=marker + "-", color=color,
        label=f"{latent} latent",
    )
rows = trials[trials["turn_cycles"] == 500]["recalled"]
fractions(pools, 2.15, rows.sum(), rows.count(), fmt="^", color="#000000", markerfacecolor="white", label="long turns")
pools.set(xlabel="sequences in one latent population", ylabel="fraction of networks")
pools.set_xticks([1, 2, 3])
pools.legend(frameon=False, fontsize=8)
pools.set_title("networks that recall all of their sequences", loc="left", fontsize=9)
save(figure, (rates, songs, training, pools), "training.svg")

figure, (growth, budget) = plt.subplots(1, 2, figsize=(7.6, 3.1), layout="constrained")
trials = read("capacity", "trials.csv.gz")
trials = trials[trials["order"] == 3]
usual, longer = (trials[trials["training_time"] == seconds] for seconds in (2500, 10000))
shades = {15: "#009E73", 25: "#0072B2", 40: "#D55E00", 60: "#CC79A7"}
styles = {30: ("#56B4E9", "o", 0.97), 50: ("#0072B2", "s", 1), 80: ("#000000", "^", 1.03)}


def by(rows, key):
    """Successes and numbers of trials for each value of a key."""
    return rows.groupby(key)["recalled"].agg(["sum", "count"])


for rows, style in (usual, {"fmt": "o--", "markerfacecolor": "white"}), (longer, {"fmt": "o-"}):
    for length, color in shades.items():
        counts = by(rows[rows["sequence_length"] == length], "latent")
        if len(counts):
            shift = 1 + 0.01 * (list(shades).index(length) - 2)
            fractions(growth, counts.index * shift, counts["sum"], counts["count"], color=color, **style)
    for latent, (color, marker, shift) in styles.items():
        counts = by(rows[rows["latent"] == latent], "sequence_length")
        fractions(
            budget, counts.index * shift, counts["sum"], counts["count"], color=color,
            **style | {"fmt": marker + style["fmt"][1:]},
        )
for length, color in shades.items():
    growth.plot([], [], "o-", color=color, markersize=5, linewidth=1, label=f"{length} notes")
for latent, (color, marker, _) in styles.items():
    budget.plot([], [], marker + "-", color=color, markersize=5, linewidth=1, label=f"{latent} latent")
for axes, ticks, label in (growth, [20, 30, 50, 80, 120, 200, 400], "latent neurons"), (
    budget, [7, 10, 15, 25, 40, 60, 90], "notes"
):
    axes.set_xscale("log")
    axes.set_xticks(ticks, ticks)
    axes.set_xticks([], minor=True)
    axes.set(xlabel=label)
    axes.legend(
        frameon=False, fontsize=7, ncols=5, loc="lower left", bbox_to_anchor=(-0.02, 1), columnspacing=0.8,
        handletextpad=0.3, borderpad=0,
    )
    axes.set_ylabel("fraction of networks that recall")
figure.suptitle("taught for 2,500 s (open symbols, dashed) and for 10,000 s (filled symbols, solid)", fontsize=9)
save(figure, (growth, budget), "capacity.svg")
