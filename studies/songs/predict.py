"""Prints which property of a song predicts how many of its networks recall: python studies/songs/predict.py

Needs numpy and pandas. Rank correlations are Spearman's, over songs; partial ones are given the number of
columns. Intervals of 95 % are percentiles of 4,000 samples of songs with replacement.
"""

import pathlib

import numpy as np
import pandas as pd

FOLDER = pathlib.Path(__file__).parent
PROPERTIES = ["columns", "notes", "order", "longest_hold", "longest_pause"]

trials = pd.read_csv(FOLDER / "trials.csv.gz")
trials["song"] = trials["pattern"].str.extract(r"(\w+)\.txt$")
songs = pd.read_csv(FOLDER / "songs.csv").set_index("song")
recalled = trials.pivot_table(index="song", columns="latent", values="recalled", aggfunc="sum")
print(songs[PROPERTIES].join(recalled).astype(int).to_string())


def correlations(ranks):
    """The correlation of each property with success, and the partial one given the columns."""
    table = ranks.corr()
    plain = table.loc[PROPERTIES, "recalled"]
    own, shared = table.loc[PROPERTIES, "columns"], plain["columns"]
    partial = (plain - own * shared) / np.sqrt((1 - own**2) * (1 - shared**2))
    return pd.concat([plain, partial.drop("columns").add_suffix(" | columns")])


random = np.random.default_rng(1)
for latent in recalled.columns:
    data = songs[PROPERTIES].assign(recalled=recalled[latent])
    samples = [
        correlations(data.sample(len(data), replace=True, random_state=random).rank())
        for _ in range(4000)
    ]
    low, high = np.nanpercentile(samples, [2.5, 97.5], axis=0)
    print(f"\n{latent} latent neurons")
    print(pd.DataFrame({"rho": correlations(data.rank()), "low": low, "high": high}).round(2))
