"""Computes contrasts.csv and importance.csv again from trials.csv with pandas and least squares.

Usage: check_statistics.py RESULT_FOLDER REFERENCES AXIS...    REFERENCES as latent=10,nudging=0.5
"""

import itertools
import sys

import numpy as np
import pandas as pd

folder, references, axes = sys.argv[1], sys.argv[2], sys.argv[3:]
references = {key: float(value) for key, value in (pair.split("=") for pair in references.split(","))}
trials = pd.read_csv(f"{folder}/trials.csv")
contrasts = pd.read_csv(f"{folder}/contrasts.csv")
importance = pd.read_csv(f"{folder}/importance.csv")
scores = list(dict.fromkeys(contrasts.score))
assert set(contrasts.axis) == set(axes), contrasts.axis
assert {"correlation", "recalled"} <= set(scores), scores
REPLAY_SCORES = {"correlation", "mean_squared_error", "drift", "note_accuracy", "kappa",
                 "sounding_accuracy", "denoising_gain"}
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


def holm(probabilities):
    """Holm's correction, by its definition: the smallest p times n, the next times n - 1, ..."""
    order = np.argsort(probabilities, kind="stable")
    adjusted = np.empty(len(probabilities))
    for rank, index in enumerate(order):
        products = [(len(order) - place) * probabilities[order[place]] for place in range(rank + 1)]
        adjusted[index] = min(1, max(products))
    return adjusted


def equal_adjusted(found, probabilities, what):
    """Checks p values with Holm's correction; missing ones do not count."""
    known = ~np.isnan(probabilities)
    adjusted = np.full(len(probabilities), np.nan)
    if known.any():
        adjusted[known] = holm(np.array(probabilities)[known])
    for one, expected in zip(found, adjusted):
        equal(one, expected, what)


def fit(values, terms):
    """The rest of the sum of squares, and the rank, of a linear model with interactions."""
    columns = [np.ones(len(values))]
    for term in terms:
        group = values.groupby(list(term)).ngroup().to_numpy()
        columns += [(group == number).astype(float) for number in range(group.max() + 1)]
    matrix = np.column_stack(columns)
    solution, _, rank, _ = np.linalg.lstsq(matrix, values.score.to_numpy(), rcond=None)
    return ((values.score - matrix @ solution) ** 2).sum(), rank


for score in scores:
    values = trials.assign(**{score: pd.to_numeric(trials[score].replace({True: 1, False: 0}))})
    own = contrasts[contrasts.score == score]
    probabilities, recalled_probabilities = [], []
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
        if score not in REPLAY_SCORES:
            assert np.isnan(row.recalled_pairs), score
            continue
        recalls = trials.pivot_table(index=others, columns=row.axis, values="recalled",
                                     aggfunc="max", dropna=False).eq(True)
        both = (recalls[float(row.level)] & recalls[row.against]).reindex(pairs.index)
        known = pairs[both].dropna()
        units = known.groupby("seed").mean()
        equal(row.recalled_pairs, len(known), "recalled_pairs")
        equal(row.recalled_units, len(units), "recalled_units")
        equal(row.recalled_difference, units.mean() if len(units) else np.nan, "recalled_difference")
        recalled_probabilities.append(sign_flips(units.to_numpy()) if len(units) else np.nan)
    equal_adjusted(own.adjusted, probabilities, f"adjusted, {score}")
    if score in REPLAY_SCORES:
        equal_adjusted(own.recalled_adjusted, recalled_probabilities, f"recalled_adjusted, {score}")

for score, shares in importance.groupby("score"):
    values = trials.assign(score=pd.to_numeric(trials[score].replace({True: 1, False: 0})).astype(float))
    if shares.part.notna().any():
        continue
    shares = shares.set_index("source")
    equal(shares.share.sum(), 1, "sum of shares")
    total, _ = fit(values, [])
    within, rank = fit(values, [tuple(axes)])
    mean_square = within / (len(values) - rank)
    terms = [(axis,) for axis in axes] + list(itertools.combinations(axes, 2))
    for place, term in enumerate(terms):
        (before, lower), (after, higher) = fit(values, terms[:place]), fit(values, terms[:place + 1])
        name, squares = ":".join(term), before - after
        equal(shares.share[name], squares / total, name)
        equal(shares.omega_squared[name],
              (squares - (higher - lower) * mean_square) / (total + mean_square), name)
    if len(axes) > 2:
        equal(shares.share["interactions"], (fit(values, terms)[0] - within) / total, "interactions")
    equal(shares.share["replicates"], within / total, "replicates")
assert compared > 50
print(f"{compared} numbers of contrasts.csv and importance.csv are those of least squares")
