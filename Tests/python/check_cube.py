"""Opens cube.nc with xarray and the tables with pandas, and finds equal numbers in both.

Usage: check_cube.py RESULT_FOLDER
"""

import sys

import numpy as np
import pandas as pd
import xarray as xr

folder = sys.argv[1]
cube = xr.open_dataset(f"{folder}/cube.nc")
trials = pd.read_csv(f"{folder}/trials.csv", keep_default_na=False, na_values=[""])
axes = list(cube.sizes)
assert axes, "the cube has no axes"

scores = [name for name in cube.data_vars if name != "status"]
assert "correlation" in scores and set(scores) <= set(trials.columns), scores
meanings = dict(zip(cube.status.flag_meanings.split(), np.atleast_1d(cube.status.flag_values)))



def coordinate(axis, value):
    """The coordinate of a value of a table: yes and no are 1 and 0, and labels are texts."""
    if isinstance(value, (bool, np.bool_)):
        return int(value)
    if cube[axis].dtype.kind in "OUT" and not isinstance(value, str):
        return "none" if np.isnan(value) else f"{value:g}"
    return value


def place(row):
    """Where a row of a table lies in the cube."""
    return {axis: coordinate(axis, row[axis]) for axis in axes if axis in row.index}


compared = 0
for _, trial in trials.iterrows():
    point = cube.sel(place(trial))
    assert int(point.status) == meanings[trial.status]
    for name in scores:
        value, expected = float(point[name]), trial[name]
        expected = {"True": 1.0, "False": 0.0}.get(str(expected), expected)
        expected = float(expected)
        assert value == expected or (np.isnan(value) and np.isnan(expected)), (name, value, expected)
        compared += not np.isnan(value)
assert compared > 0

# A number that may be none is a number for pandas, and none is a group for xarray.
if "cue_notes" in axes:
    assert trials.cue_notes.dtype.kind == "f", trials.cue_notes.dtype
    groups = cube.correlation.groupby("cue_notes").mean(...)
    expected = trials.groupby("cue_notes", dropna=False).correlation.mean()
    assert set(groups.cue_notes.values) == {coordinate("cue_notes", v) for v in expected.index}
    for value, mean in expected.items():
        found = float(groups.sel(cue_notes=coordinate("cue_notes", value)))
        assert abs(found - mean) < 1e-12, (value, found, mean)

filled = int((cube.status >= meanings["done"]).sum())
assert filled == len(trials), "the cube holds trials that trials.csv does not"
for name, variable in cube.variables.items():
    assert variable.attrs.get("long_name"), f"{name} has no long name"
    assert name == "status" or variable.dtype.kind in "OUT" or "units" in variable.attrs, name

summary = pd.read_csv(f"{folder}/summary.csv")
means = cube.correlation.mean("seed")
for _, cell in summary.iterrows():
    found = float(means.sel(place(cell)))
    assert abs(found - cell.correlation_mean) < 1e-12, (cell, found)
print(f"{compared} numbers are equal in cube.nc and trials.csv")
