"""Writes patterns/*.txt: eight different notes of 10 ms with pauses. python3 studies/pauses/patterns.py

silent_P: after the fourth and the eighth note, all neurons are silent for P ms.
marked_P: the same, and a ninth neuron is active in the pauses.
held_P: no pause; the fourth note lasts P ms.
"""

import pathlib

folder = pathlib.Path(__file__).parent / "patterns"
folder.mkdir(exist_ok=True)
column = 10  # [ms]


def write(name, notes, neurons):
    """Writes a pattern of which each column has one active neuron, or none (-1)."""
    rows = [" ".join("1" if note == neuron else "0" for note in notes) for neuron in range(neurons)]
    header = f"# name: {name} nNeurons: {neurons} nSteps: {len(notes)}"
    (folder / f"{name}.txt").write_text("\n".join([header, *rows]) + "\n")


def with_pauses(pause, marker):
    return [0, 1, 2, 3] + [marker] * (pause // column) + [4, 5, 6, 7] + [marker] * (pause // column)


for pause in [0, 10, 20, 30, 40, 60]:
    write(f"silent_{pause:02}", with_pauses(pause, -1), 8)
    if pause:
        write(f"marked_{pause:02}", with_pauses(pause, 8), 9)
for length in [30, 50]:
    write(f"held_{length}", [0, 1, 2] + [3] * (length // column) + [4, 5, 6, 7], 8)
