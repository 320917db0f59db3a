"""Runs reservoirpy on the matrices and inputs of an echo-state network and compares.

Usage: check_esn.py FILE.json
"""

import json
import sys

import numpy as np
from reservoirpy.nodes import Reservoir, Ridge

with open(sys.argv[1]) as file:
    network = json.load(file)
matrix = {name: np.array(network[name]) for name in
          ["recurrent", "feedback", "bias", "heard", "states", "goals", "readout"]}

# Matrices of elise-sweep have the presynaptic neuron as the row, those of reservoirpy as the column.
reservoir = Reservoir(W=matrix["recurrent"].T, Win=matrix["feedback"].T, bias=matrix["bias"],
                      lr=network["leak"], activation="tanh")
states = reservoir.run(matrix["heard"])
assert states.shape == matrix["states"].shape, states.shape
difference = np.abs(states - matrix["states"]).max()
assert difference < 1e-8, f"states differ by {difference}"
assert np.abs(states).max() > 0.1, "a network at rest proves nothing"

readout = Ridge(ridge=network["ridge"] * len(states)).fit(states, matrix["goals"])
weights = np.vstack([readout.Wout, readout.bias.reshape(1, -1)])
difference = np.abs(weights - matrix["readout"]).max()
assert difference < 1e-8, f"read-outs differ by {difference}"
assert np.abs(weights).max() > 0.1, "an empty read-out proves nothing"
