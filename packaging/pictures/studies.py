"""Draws docs/findings.svg from the stored results of the studies: python3 studies.py STUDIES OUT.svg"""

import pathlib
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

studies, out = pathlib.Path(sys.argv[1]), sys.argv[2]
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


figure, ((sizes, models), (costs, damage)) = plt.subplots(2, 2, figsize=(7.6, 6.2), layout="constrained")

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
low, high = wilson(by_size["sum"], by_size["count"])
fraction = by_size["sum"] / by_size["count"]
sizes.errorbar(
    by_size.index, fraction, [fraction - low, high - fraction], fmt="o-", color=colors["elise"], capsize=3
)
for changes in {"model": "reservoir"}, {"scaffold": False}:
    sizes.plot(50, chosen(latent=50, **changes)["recalled"].mean(), "x", color="black")
sizes.annotate(
    "no scaffold, or latent\nneurons that do not learn", (50, 0), (56, 0.1), arrowprops={"arrowstyle": "-"}
)
sizes.set(xlabel="latent neurons", ylim=(-0.05, 1.05))
sizes.set_title("networks that recall Für Elise (of 20)", loc="left", fontsize=9)

trials = read("models", "trials.csv.gz")
trials = trials[trials["sequence_length"] == 25]
for axes, measure, label in [
    (models, "latent", "recurrent units"),
    (costs, "multiply_adds_per_ms", "multiply-adds per ms of training"),
]:
    for model, color in colors.items():
        rows = trials[trials["model"] == model].groupby("latent")
        size, successes, count = rows[measure].mean(), rows["recalled"].sum(), rows["recalled"].count()
        low, high = wilson(successes, count)
        fraction = successes / count
        axes.errorbar(
            size, fraction, [fraction - low, high - fraction], fmt=markers[model] + "-", color=color,
            capsize=2, linewidth=1, markersize=5, label=names[model],
        )
    axes.set(xlabel=label, xscale="log", ylim=(-0.05, 1.05))
models.minorticks_off()
models.set_xticks([20, 50, 100, 200, 400], ["20", "50", "100", "200", "400"])
costs.legend(frameon=False, fontsize=8, loc="upper left")
models.set_title("networks that recall 25 generated notes", loc="left", fontsize=9)
costs.set_title("the same, against cost", loc="left", fontsize=9)

summary = read("robustness", "summary.csv")
summary = summary[(summary["plastic_replay"] == True) & (summary["dendrite_density"] == 1)]  # noqa: E712
kinds = ["silence", "membrane_noise", "synapse_loss", "weight_noise", "latent_loss"]
for offset, (_, row) in zip((-0.22, 0, 0.22), summary.sort_values("latent").iterrows()):
    mean, low, high = (
        np.array([row[f"robustness_{kind}_{key}"] for kind in kinds]) for key in ("mean", "low", "high")
    )
    damage.errorbar(
        np.arange(len(kinds)) + offset, mean, [mean - low, high - mean], fmt="os^"[round(offset / 0.22) + 1],
        capsize=3, label=f"{row['latent']} latent (n = {row['robustness_n']})",
    )
damage.set_xticks(range(len(kinds)), [kind.replace("_", "\n") for kind in kinds])
damage.set(ylim=(0, 1.05))
damage.legend(frameon=False, fontsize=8)
damage.set_title("robustness of networks that recall", loc="left", fontsize=9)
for axes, letter in zip((sizes, models, costs, damage), "ABCD"):
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(letter, loc="right", fontweight="bold", fontsize=10)
figure.savefig(out, metadata={"Date": None})
