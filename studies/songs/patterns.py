"""Writes the patterns of the study *songs*, from melodies of music21 and bird songs of crowsetta.

    pip install music21==10.5.1 crowsetta==5.1.2 numpy
    python studies/songs/patterns.py

The melodies are drawn at random, with a fixed seed, from three printed collections that are out of
copyright. An excerpt has the first bars, as many as fit into 16, 24, 32, 48 or 64 columns. The width of
a column is the shortest note. A note that follows the same note at once becomes one long note. Tunes
that have chords or do not fit into equal columns are left out.
"""

import csv
import importlib.resources
import pathlib
import random
import re

import crowsetta
import music21
import numpy as np

FOLDER = pathlib.Path(__file__).parent / "patterns"
LIMITS = [16, 24, 32, 48, 64]  # columns
COLLECTIONS = {
    "ryan": ("ryansMammoth", "*.abc"),  # Ryan's Mammoth Collection, 1883
    "oneill": ("oneills1850", "*.abc"),  # O'Neill's Music of Ireland, 1903
    "chorale": ("bach", "bwv*.mxl"),  # sopranos of chorales that Bach harmonised
}
PER_COLLECTION = 10
BIRD_COLUMN = 0.03  # seconds


def columns(notes, width, period):
    """The array [neuron, column] of notes (onset, end, label), or None if columns do not fit."""
    labels = sorted({label for _, _, label in notes})
    array = np.zeros((len(labels), round(period / width)), int)
    for onset, end, label in notes:
        first, last = round(onset / width), round(end / width)
        array[labels.index(label), first : max(last, first + 1)] = 1
    return array


def excerpt(score, limit):
    """The first bars of a melody that fit into `limit` columns, as an array; None if there are none."""
    best = None
    part = score.parts[0] if score.parts else score
    notes, now = [], 0.0
    for bar in part.getElementsByClass("Measure"):
        for note in bar.notesAndRests:
            if note.isChord:
                return best
            if note.duration.isGrace:
                continue
            length = float(note.quarterLength)
            if not note.isRest:
                notes.append((now, now + length, note.pitch.midi))
            now += length
        if not notes:
            continue
        width = min(end - onset for onset, end, _ in notes)
        times = np.array([time for onset, end, _ in notes for time in (onset, end)] + [now]) / width
        if np.abs(times - times.round()).max() > 1e-6 or round(now / width) > limit:
            return best
        best = columns(notes, width, now)
    return None  # The tune is shorter than the limit: it has no excerpt of this length.


def scores(folder, pattern):
    """The melodies of a collection in a random order."""
    files = sorted((pathlib.Path(music21.__file__).parent / "corpus" / folder).glob(pattern))
    tunes = []
    for file in files:
        numbers = re.findall(r"^X:\s*(\d+)", file.read_text(), re.M) if file.suffix == ".abc" else [None]
        tunes += [(file, number) for number in numbers]
    random.Random(1).shuffle(tunes)
    for file, number in tunes:
        try:
            yield file, number, music21.converter.parse(file, number=number and int(number))
        except Exception:
            continue  # A few tunes of the corpus cannot be parsed.


def melodies():
    for collection, (folder, pattern) in COLLECTIONS.items():
        wanted = LIMITS * (PER_COLLECTION // len(LIMITS))
        for file, number, score in scores(folder, pattern):
            if not wanted:
                break
            array = excerpt(score, wanted[0])
            if array is None or len(array) < 4 or array.shape[1] < 0.75 * wanted[0]:
                continue
            title = score.metadata.title or file.stem
            source = f"{folder} {number or file.stem}: {title}".replace("\n", " ")
            yield f"{collection}{PER_COLLECTION - len(wanted) + 1:02}", source, array
            wanted.pop(0)


def stretch(onsets, ends, labels, first, count):
    """`count` syllables of a song as an array; the cycle ends at the onset of the next syllable."""
    start = onsets[first]
    notes = [(onsets[i] - start, ends[i] - start, str(labels[i])) for i in range(first, first + count)]
    return columns(notes, BIRD_COLUMN, onsets[first + count] - start)


def symbols(labels):
    """One column for each syllable."""
    return columns([(i, i + 1, str(label)) for i, label in enumerate(labels)], 1, len(labels))


def birds():
    """Names, sources and arrays of songs of two Bengalese finches, a canary and another bird."""
    folder = importlib.resources.files("crowsetta.examples")
    song = crowsetta.example("gy6or6").to_annot().seq
    first = list(song.labels).index("a")
    source = "Bengalese finch gy6or6, doi:10.6084/m9.figshare.4805749"
    yield "finch1", f"{source}: motif", stretch(song.onsets_s, song.offsets_s, song.labels, first, 12)
    yield "finch2", f"{source}: syllables of the motif", symbols(song.labels[first : first + 12])
    yield "finch3", f"{source}: syllables from the start", symbols(song.labels[:28])

    bouts = crowsetta.formats.seq.BirdsongRec.from_file(folder / "Annotation.xml").to_annot(samplerate=32_000)
    source = "Bengalese finch 0, doi:10.6084/m9.figshare.3470165"
    for number, bout in enumerate(bouts[:3], 4):
        yield f"finch{number}", f"{source}: syllables of bout {number - 3}", symbols(bout.seq.labels[:40])

    lines = (folder / "405_marron1_June_14_2016_69640887.audacity.txt").read_text().splitlines()
    labels = [line.split("\t")[2] for line in lines]
    labels = [label for label in labels if label != "SIL"]
    yield "canary1", "canary M1, doi:10.5281/zenodo.6521932: phrases", symbols(labels[:24])
    rows = list(csv.DictReader((folder / "bird1.csv").open()))
    labels = [row["label"] for row in rows if row["sequence"] == "0"]
    yield "bird1", "lbr3009, an example of crowsetta: syllables", symbols(labels[:32])


def order(array):
    """The number of columns that determine the next one, if the pattern is repeated."""
    text = [tuple(column) for column in array.T]
    for length in range(1, len(text)):
        after = {}
        for i in range(len(text)):
            context = tuple(text[(i - k) % len(text)] for k in range(length))
            if after.setdefault(context, text[(i + 1) % len(text)]) != text[(i + 1) % len(text)]:
                break
        else:
            return length
    return len(text)


def longest(array):
    """The largest number of equal columns in a row, and of silent ones; the cycle has no end."""
    cycle = [tuple(column) for column in array.T]
    run, held, silent = 1, 1, int(not any(cycle[0]))
    for i in range(1, 2 * len(cycle)):
        run = run + 1 if cycle[i % len(cycle)] == cycle[(i - 1) % len(cycle)] else 1
        held = max(held, run)
        silent = max(silent, run if not any(cycle[i % len(cycle)]) else 0)
    return min(held, len(cycle)), min(silent, len(cycle))


def main():
    FOLDER.mkdir(exist_ok=True)
    rows = []
    for name, source, array in [*melodies(), *birds()]:
        header = f"name: {name} nNeurons: {array.shape[0]} nSteps: {array.shape[1]}"
        np.savetxt(FOLDER / f"{name}.txt", array, fmt="%d", header=header)
        held, silent = longest(array)
        rows.append([name, source, array.shape[1], array.shape[0], order(array), held, silent])
    with (FOLDER.parent / "songs.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow("song source columns notes order longest_hold longest_pause".split())
        writer.writerows(rows)


if __name__ == "__main__":
    main()
