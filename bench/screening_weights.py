"""Counts the weights of `mithaq.screening` from the given half of the screening bench and writes its data files.

    python -m bench.screening_weights        # writes edit_costs.json and common_words.json in src/mithaq/screening/data

Edit costs: a pair model (change, drop, add a symbol) fitted by expectation maximisation to the attested spellings of
Arabic names (`name_units_given_half.csv`, Wikidata, CC0): Arabic with Latin both ways, and Latin with Latin of one
Arabic name. Only the counts of symbols leave this script.

Common words: how many of 100,000 ordinary travellers bear a word, each script by itself, for words that at least
`COMMON` bear. A list is short and knows little of how common a name is among those who travel; no person is in that
file.
"""

from __future__ import annotations

import collections
import csv
import itertools
import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT.parent / "shared/bench/screening"
DATA = ROOT / "src/mithaq/screening/data"
ROUNDS, SPELLINGS = 8, 16
COMMON = 60
# No count is ever zero: what was not seen in the half is still possible. Bits of anything not listed in the file.
FLOOR_CHANGE, FLOOR_GAP, SWAP = 12.0, 9.0, 8.0
TYPO = 0.004  # a slip of a key or a clerk, spread over all changes of a symbol; of the order of the bench's typos


def pairs():
    """((listed, seen), weight): encoded words with how often one stands for the other."""
    from mithaq.screening.names import parse

    groups = collections.defaultdict(collections.Counter)
    with (BENCH / "name_units_given_half.csv").open(encoding="utf8") as lines:
        for row in csv.DictReader(lines):
            groups[row["arabic"]][row["latin"]] += int(row["count"])
    out = collections.Counter()

    def words(text):
        return [unit.code for unit in parse(text).units if unit.form == 0]

    for arabic, spellings in groups.items():
        common = spellings.most_common(SPELLINGS)
        total = sum(count for _, count in common)
        scale = total**0.5 / total  # a name borne by thousands teaches no more than its root
        for latin, count in common:
            one, two = words(arabic), words(latin)
            if len(one) == len(two):
                for a, b in zip(one, two, strict=True):
                    out[a, b] += count * scale
                    out[b, a] += count * scale
                    out[a, a] += count * scale * 0.5  # the same Arabic form, seen again
        for (x, cx), (y, cy) in itertools.product(common, common):
            one, two = words(x), words(y)
            if len(one) == len(two):
                for a, b in zip(one, two, strict=True):
                    out[a, b] += cx * cy / total * scale
    return out


def fit(counted):  # noqa: PLR0912, PLR0915  (the model and its two passes are one thing)
    from mithaq.screening.costs import Words
    from mithaq.screening.symbols import FIRST_ARABIC, SYMBOLS

    size = len(SYMBOLS)
    keep = [(a, b, w) for (a, b), w in counted.items() if a and b and abs(len(a) - len(b)) < 9]
    left, right = Words([a for a, _, _ in keep]), Words([b for _, b, _ in keep])
    weight = np.array([w for _, _, w in keep])
    groups = collections.defaultdict(list)
    for k, (a, b, _) in enumerate(keep):
        groups[len(a), len(b)].append(k)
    groups = [np.array(g) for g in groups.values()]
    rng = np.eye(size) * 0.8 + 0.2 / size
    change, drop, add = rng, np.full((2, size), 0.1), np.full((2, size), 0.02)
    for turn in range(ROUNDS):
        n_change, n_drop, n_add = np.zeros((size, size)), np.zeros((2, size)), np.zeros((2, size))
        slots, likelihood = np.zeros(2), 0.0
        for g in groups:
            a, b, w = left.symbols[g], right.symbols[g], weight[g]
            rows, columns = int(left.lengths[g[0]]), int(right.lengths[g[0]])
            la, ra = left.arabic[g], right.arabic[g]
            D = [drop[ra, a[:, i]] for i in range(rows)]
            A = [add[la, b[:, j]] for j in range(columns)]
            C = [[change[a[:, i], b[:, j]] for j in range(columns)] for i in range(rows)]
            F = np.zeros((rows + 1, columns + 1, len(g)))
            B = np.zeros((rows + 1, columns + 1, len(g)))
            F[0, 0] = 1
            for i in range(rows + 1):
                for j in range(columns + 1):
                    if i:
                        F[i, j] += F[i - 1, j] * D[i - 1]
                    if j:
                        F[i, j] += F[i, j - 1] * A[j - 1]
                    if i and j:
                        F[i, j] += F[i - 1, j - 1] * C[i - 1][j - 1]
            B[rows, columns] = 1
            for i in range(rows, -1, -1):
                for j in range(columns, -1, -1):
                    if i < rows:
                        B[i, j] += B[i + 1, j] * D[i]
                    if j < columns:
                        B[i, j] += B[i, j + 1] * A[j]
                    if i < rows and j < columns:
                        B[i, j] += B[i + 1, j + 1] * C[i][j]
            z = F[rows, columns]
            likelihood += float((w * np.log2(z)).sum())
            for i in range(rows + 1):
                for j in range(columns + 1):
                    if i < rows:
                        np.add.at(n_drop, (ra, a[:, i]), w * F[i, j] * D[i] * B[i + 1, j] / z)
                    if j < columns:
                        np.add.at(n_add, (la, b[:, j]), w * F[i, j] * A[j] * B[i, j + 1] / z)
                    if i < rows and j < columns:
                        np.add.at(n_change, (a[:, i], b[:, j]), w * F[i, j] * C[i][j] * B[i + 1, j + 1] / z)
            np.add.at(slots, la, w * (rows + 1))
        print(f"round {turn}: {likelihood / weight.sum():.3f} bits a pair", file=sys.stderr)
        arabic = np.arange(size) >= FIRST_ARABIC
        prior = np.full((size, size), TYPO / size) + np.eye(size) * 0.5
        for other in (0, 1):  # the target symbol's script is known, so chances are normalised within it
            columns = arabic == bool(other)
            mass = n_change[:, columns] + 50 * prior[:, columns]
            total = mass.sum(1) + n_drop[other] + 1
            change[:, columns] = mass / total[:, None]
            drop[other] = (n_drop[other] + 0.3) / total
            add[other] = (n_add[other] + 0.02) / (slots[other] + 1)
    return change, drop, add


def common_words():
    """(word, bearers in 100,000) of the ordinary crowd."""
    import gzip

    from mithaq.screening.names import PLAIN, parse
    from mithaq.screening.symbols import SYMBOLS, encode

    with gzip.open(BENCH / "gold.jsonl.gz", "rt", encoding="utf8") as lines:
        crowd = {row["id"] for row in map(json.loads, lines) if row["kind"] == "ordinary"}
    counted, people = collections.defaultdict(collections.Counter), collections.Counter()
    with gzip.open(BENCH / "travellers.jsonl.gz", "rt", encoding="utf8") as lines:
        for row in map(json.loads, lines):
            if row["id"] in crowd:
                name = parse(row["names"][0])
                script = "arabic" if name.script == "arabic" else "latin"
                people[script] += 1
                counted[script].update({unit.code for unit in name.units if unit.form == PLAIN})
    for script in ("latin", "arabic"):
        for code, count in sorted(counted[script].items(), key=lambda row: (-row[1], row[0])):
            word, share = "".join(SYMBOLS[symbol] for symbol in code), round(count / people[script] * 100_000)
            if share >= COMMON and count >= 10 and encode(word) == code:
                yield word, share


def write_common_words():
    about = (
        "How many of 100,000 travellers bear a word of a name, for words that are common. Counted by "
        "bench/screening_weights.py from the ordinary crowd of the screening bench, given half (invented travellers)."
    )
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in common_words())
    (DATA / "common_words.json").write_text(
        f'{{\n"about": {json.dumps(about)},\n"words": [\n{rows}\n]\n}}\n', encoding="utf8"
    )


def main():
    from mithaq.screening.symbols import SYMBOLS

    write_common_words()
    path = DATA / "edit_costs.json"
    if not path.exists():
        empty = {
            "change": FLOOR_CHANGE,
            "drop": FLOOR_GAP,
            "add": FLOOR_GAP,
            "swap": SWAP,
            "changes": [],
            "drops": [],
            "adds": [],
        }
        path.write_text(json.dumps(empty))
    change, drop, add = (-np.log2(m) for m in fit(pairs()))
    pair = [
        [a, b, round(float(change[i, j]), 2)]
        for i, a in enumerate(SYMBOLS)
        for j, b in enumerate(SYMBOLS)
        if change[i, j] < FLOOR_CHANGE
    ]
    gaps = {
        name: [
            [s, other, round(float(matrix[other, i]), 2)]
            for other in (0, 1)
            for i, s in enumerate(SYMBOLS)
            if matrix[other, i] < FLOOR_GAP
        ]
        for name, matrix in (("drops", drop), ("adds", add))
    }
    head = {
        "about": "Bits (-log2 chance): [listed symbol, seen symbol, bits]; drops and adds: [symbol, 1 if the "
        "other word is Arabic, bits]. "
        "Counted by bench/screening_weights.py from attested spellings (Wikidata, CC0; screening bench, given half).",
        "change": FLOOR_CHANGE,
        "drop": FLOOR_GAP,
        "add": FLOOR_GAP,
        "swap": SWAP,
    }
    lines = [f'"{k}": {json.dumps(v, ensure_ascii=False)}' for k, v in head.items()]
    for name, rows in {"changes": pair, **gaps}.items():
        lines.append(f'"{name}": [\n' + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf8")


if __name__ == "__main__":
    main()
