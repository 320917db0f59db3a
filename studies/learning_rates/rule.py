"""Prints which learning rates suit which size: python studies/learning_rates/rule.py

Needs numpy and pandas. The rates that suit a size are the mean of log2(factor) over the networks that
recall, factor being the rate relative to the paper's. The rule is the slope of this mean against
log2(latent). Intervals of 95 % are percentiles of 4,000 samples of seeds with replacement.
"""

import pathlib

import numpy as np
import pandas as pd

trials = pd.read_csv(pathlib.Path(__file__).parent / "trials.csv.gz")
trials["factor"] = trials["learning_rate_latent"] / 1e-3
groups = trials.groupby(["training_cycles", "latent", "factor"])
print(groups["recalled"].sum().astype(int).astype(str).unstack("factor", fill_value=""))
print("\nmedian correlation")
print(groups["correlation"].median().round(3).astype(str).unstack("factor", fill_value=""))

# 200 and 400 latent neurons have three factors and ten seeds: no base for a rule but a test of it.
grid = trials[(trials["training_cycles"] == 10_000) & (trials["latent"] <= 100)]


def suited(data):
    """The suited log2(factor) of each size, and the slope of the rule."""
    best = data[data["recalled"]].groupby("latent")["factor"].agg(lambda x: np.log2(x).mean())
    return [*best, np.polyfit(np.log2(best.index), best, 1)[0]]


random = np.random.default_rng(1)
seeds = {seed: data for seed, data in grid.groupby("seed")}
samples = [
    suited(pd.concat([seeds[seed] for seed in random.choice(list(seeds), len(seeds))]))
    for _ in range(4000)
]
names = [*(f"{latent} latent neurons: log2(factor)" for latent in sorted(grid["latent"].unique())), "slope"]
table = pd.DataFrame(np.percentile(samples, [2.5, 97.5], axis=0).T, names, ["low", "high"])
table.insert(0, "estimate", suited(grid))
print(f"\n{table.round(2)}")
