"""Opens a network file and a recording of its replay with xarray, without a warning.

Usage: check_network.py NETWORK.nc RECORDING.nc TRIAL_ID
"""

import json
import sys
import warnings

import numpy as np
import xarray as xr

warnings.simplefilter("error")
network = xr.load_dataset(sys.argv[1])
record = xr.load_dataset(sys.argv[2])

for name, variable in [*network.variables.items(), *record.variables.items()]:
    assert variable.attrs.get("long_name"), name
    assert variable.attrs.get("units") or variable.dtype.kind == "i", name
    assert len(set(variable.dims)) == len(variable.dims), (name, variable.dims)

sizes = network.attrs["visible"] + network.attrs["latent"]
for file in (network, record):
    assert json.loads(file.attrs["parameters"])["latent"] == file.attrs["latent"]
    assert json.loads(file.attrs["parameters"])["seed"] == file.attrs["seed"]
    assert file.attrs["trial"] == sys.argv[3], file.attrs["trial"]
    assert file.attrs["model"] == json.loads(file.attrs["parameters"])["model"] == "elise"
    assert file.sequence.dims == ("note", "visible_neuron")
    assert file.sequence.values.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 0]]
    assert file.sequence_pattern.values.tolist() == [0, 0, 0, 0]
    assert file.attrs["time_step_ms"] == 0.1
    assert file.attrs["version"].startswith("elise-sweep "), file.attrs["version"]
    for axis in ("neuron", "post", "pre"):
        assert list(file[axis].values) == list(range(sizes))
assert network.dendritic_weight.dims == network.dendritic_synapse.dims == ("post", "pre")
assert not network.dendritic_weight.values[network.dendritic_synapse.values == 0].any()

assert record.rate.dims == ("step", "neuron")
assert record.dendritic_weight.dims == ("cycle", "post", "pre")
assert {"time", "replay", "pattern", "first_step", "neuron"} <= set(record.coords), record.coords
assert record.attrs["recorded_cycles"] == "last:2" and record.attrs["recorded_every"] == 4
assert record.attrs["recorded_neurons"] == "all"
assert record.time.attrs["units"] == "ms"
assert np.allclose(np.diff(record.time), 4 * record.attrs["time_step_ms"])
assert list(record.cycle.values) == [12, 13] and list(record.replay.values) == [1, 1]
# A cycle of the recording has the steps of the target.
assert record.target.dims == ("target_step", "visible_neuron")
assert record.sizes["step"] == 2 * record.sizes["target_step"]
assert 0 <= record.target.values.min() and 0.5 < record.target.values.max() <= 1
# The network was saved after the last cycle.
assert (record.dendritic_weight[-1].values == network.dendritic_weight.values).all()
assert (record.rate[int(record.first_step[-1]):].values >= 0).all()
print(network.sizes, record.sizes)
