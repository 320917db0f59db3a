"""Computes contrasts.csv and importance.csv again from trials.csv with pandas and statsmodels.

Usage: check_statistics.py RESULT_FOLDER REFERENCES AXIS...    REFERENCES as latent=10,nudging=0.5
"""

import itertools
import sys

import numpy as np
import pandas as pd
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.multitest import multipletests

folder, references, axes = sys.argv[1], sys.argv[2], sys.argv[3:]
references = {key: float(value) for key, value in (pair.split("=") for pair in references.split(","))}
trials = pd.read_csv(f"{folder}/trials.csv")
contrasts = pd.read_csv(f"{folder}/contrasts.csv")
importance = pd.read_csv(f"{folder}/importance.csv")
scores = list(dict.fromkeys(contrasts.score))
assert set(contrasts.axis) == set(axes), contrasts.axis
assert {"correlation", "recalled"} <= set(scores), scores
compared = 0


def equal(found, expected, what):
    """Checks two numbers, of which both may be missing."""
    global compared
    assert (np.isnan(found) and np.isnan(expected)) or abs(found - expected) < 1e-9, (
        what, found, expected)
    compared += 1


def sign_flips(values):
    """The two-sided p over all choices of signs."""
    sums = [abs(np.dot(signs, values)) for signs in itertools.product([1, -1], repeat=len(values))]
    return np.mean(np.array(sums) >= abs(values.sum()) - 1e-9 * np.abs(values).sum())


for score in scores:
    values = trials.assign(**{score: pd.to_numeric(trials[score].replace({True: 1, False: 0}))})
    own = contrasts[contrasts.score == score]
    probabilities = []
    for _, row in own.iterrows():
        assert row.against == references[row.axis]
        others = [axis for axis in axes if axis != row.axis] + ["seed"]
        wide = values.pivot_table(index=others, columns=row.axis, values=score, dropna=False)
        first, second = wide.get(float(row.level)), wide.get(row.against)
        pairs = pd.Series(np.nan, index=wide.index) if first is None or second is None \
            else first - second
        units = pairs.dropna().groupby("seed").mean()
        equal(row.pairs, pairs.count(), "pairs")
        equal(row.units, len(units), "units")
        equal(row.incomplete, len(pairs) - pairs.count(), "incomplete")
        equal(row.difference, units.mean() if len(units) else np.nan, "difference")
        known = pairs.dropna()
        equal(row.favours, ((known > 0) + 0.5 * (known == 0)).mean() if len(known) else np.nan,
              "favours")
        probabilities.append(sign_flips(units.to_numpy()) if len(units) else np.nan)
    known = ~np.isnan(probabilities)
    adjusted = np.full(len(own), np.nan)
    if known.any():
        adjusted[known] = multipletests(np.array(probabilities)[known], method="holm")[1]
    for found, expected in zip(own.adjusted, adjusted):
        equal(found, expected, f"adjusted, {score}")

for score, shares in importance.groupby("score"):
    values = trials.assign(score=pd.to_numeric(trials[score].replace({True: 1, False: 0})).astype(float))
    if shares.part.notna().any():
        continue
    shares = shares.set_index("source")
    model = ols("score ~ " + " * ".join(f"C({axis})" for axis in axes), values).fit()
    table = anova_lm(model)
    total, mean_square = table.sum_sq.sum(), table.mean_sq["Residual"]
    main = [source for source in table.index if source.count("C(") == 1]
    pair = [source for source in table.index if source.count("C(") == 2]
    rest = [source for source in table.index if source.count("C(") > 2]
    equal(shares.share.sum(), 1, "sum of shares")
    for source in main + pair:
        name = source.replace("C(", "").replace(")", "")
        squares, freedom = table.sum_sq[source], table.df[source]
        equal(shares.share[name], squares / total, name)
        equal(shares.omega_squared[name],
              (squares - freedom * mean_square) / (total + mean_square), name)
    if rest:
        equal(shares.share["interactions"], table.sum_sq[rest].sum() / total, "interactions")
    equal(shares.share["replicates"], table.sum_sq["Residual"] / total, "replicates")
assert compared > 50
print(f"{compared} numbers of contrasts.csv and importance.csv are those of statsmodels")
