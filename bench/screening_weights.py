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
ROUNDS, SPELLINGS, HABITS = 12, 16, 4
PRIOR, NEAR = 20.0, 20.0  # how many pairs what was not seen weighs: for changes; for what stands beside
COMMON = 60
ABOUT = (
    "Bits (-log2 chance). habits: of each habit, by [listed is Arabic][seen is Arabic]; changes: [listed symbol, seen "
    "symbol, bits in each habit]; drops and adds: [symbol, 1 if the other word is Arabic, bits in each habit]. Counted "
    "by bench/screening_weights.py from attested spellings (Wikidata, CC0; screening bench, given half)."
)
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


def fit(counted):
    """The habits: chances of changing, dropping and adding a symbol in each, and the share of each by script pair.

    Expectation maximisation over a mixture: whoever writes `ch` for `sh` also writes `ou` for `u`, so that what one
    spelling changes is not independent, and is within a habit.
    """
    from mithaq.screening.costs import Words
    from mithaq.screening.symbols import FIRST_ARABIC, SYMBOLS

    size = len(SYMBOLS)
    keep = [(a, b, w) for (a, b), w in sorted(counted.items()) if a and b and abs(len(a) - len(b)) < 9]
    left, right = Words.of([a for a, _, _ in keep]), Words.of([b for _, b, _ in keep])
    weight = np.array([w for _, _, w in keep])
    groups = collections.defaultdict(list)
    for k, (a, b, _) in enumerate(keep):
        groups[len(a), len(b)].append(k)
    groups = [np.array(g) for g in groups.values()]
    draw = np.random.default_rng(5)
    change = np.stack([(np.eye(size) * 4 + draw.random((size, size))) / (size / 2 + 4) for _ in range(HABITS)])
    drop, add, share = (
        np.full((HABITS, 2, 9, size), 0.1), np.full((HABITS, 2, 9, size), 0.02), np.full((2, 2, HABITS), 1 / HABITS)
    )  # fmt: skip
    for turn in range(ROUNDS):
        counts = [_nothing(size) for _ in range(HABITS)]
        shares, likelihood = np.full((2, 2, HABITS), 1.0), 0.0
        for g in groups:
            a, b, w = left.symbols[g], right.symbols[g], weight[g]
            la, ra = (left.arabic[g], left.gaps[g].T), (right.arabic[g], left.beside[g].T)
            shape = int(left.lengths[g[0]]), int(right.lengths[g[0]])
            passes = [_passes(a, b, la, ra, shape, (change[k], drop[k], add[k])) for k in range(HABITS)]
            joint = np.stack([share[la[0], ra[0], k] * one[3][shape] for k, one in enumerate(passes)])
            total = joint.sum(0)
            likelihood += float((w * np.log2(total)).sum())
            for k, one in enumerate(passes):
                mine = w * joint[k] / total
                np.add.at(shares, (la[0], ra[0], k), mine)
                _count(counts[k], a, b, la, ra, shape, one, mine)
        print(f"round {turn}: {likelihood / weight.sum():.3f} bits a pair", file=sys.stderr)
        share = shares / shares.sum(2, keepdims=True)
        for k in range(HABITS):
            _settle(counts[k], change[k], drop[k], add[k], np.arange(size) >= FIRST_ARABIC)
    return change, drop, add, share


def _nothing(size):
    """Counts to begin with: changes, drops, adds, gaps between symbols, symbols kept where they stand."""
    return [np.zeros(shape) for shape in ((size, size), (2, 9, size), (2, 9, size), (2, 9), (2, 9, size))]


def _passes(a, b, la, ra, shape, chances):
    """The chances of the cells of each pair's grid: changes, drops, adds, then forward and backward sums."""
    (rows, columns), (change, drop, add) = shape, chances
    D = [drop[ra[0], ra[1][i], a[:, i]] for i in range(rows)]
    A = [[add[la[0], la[1][i], b[:, j]] for j in range(columns)] for i in range(rows + 1)]
    C = [[change[a[:, i], b[:, j]] for j in range(columns)] for i in range(rows)]
    F, B = np.zeros((rows + 1, columns + 1, len(a))), np.zeros((rows + 1, columns + 1, len(a)))
    F[0, 0] = B[rows, columns] = 1
    for i in range(rows + 1):
        for j in range(columns + 1):
            if i:
                F[i, j] += F[i - 1, j] * D[i - 1]
            if j:
                F[i, j] += F[i, j - 1] * A[i][j - 1]
            if i and j:
                F[i, j] += F[i - 1, j - 1] * C[i - 1][j - 1]
    for i in range(rows, -1, -1):
        for j in range(columns, -1, -1):
            if i < rows:
                B[i, j] += B[i + 1, j] * D[i]
            if j < columns:
                B[i, j] += B[i, j + 1] * A[i][j]
            if i < rows and j < columns:
                B[i, j] += B[i + 1, j + 1] * C[i][j]
    return C, D, A, F, B


def _count(counts, a, b, la, ra, shape, passes, w):
    """Add the expected changes, drops, adds and places for an add of pairs that weigh `w`."""
    n_change, n_drop, n_add, slots, n_there = counts
    (rows, columns), (C, D, A, F, B) = shape, passes
    scale = w / F[rows, columns]
    for i in range(rows + 1):
        for j in range(columns + 1):
            if i < rows:
                np.add.at(n_drop, (ra[0], ra[1][i], a[:, i]), scale * F[i, j] * D[i] * B[i + 1, j])
            if j < columns:
                np.add.at(n_add, (la[0], la[1][i], b[:, j]), scale * F[i, j] * A[i][j] * B[i, j + 1])
            if i < rows and j < columns:
                changed = scale * F[i, j] * C[i][j] * B[i + 1, j + 1]
                np.add.at(n_change, (a[:, i], b[:, j]), changed)
                np.add.at(n_there, (ra[0], ra[1][i], a[:, i]), changed)
    for i in range(rows + 1):
        np.add.at(slots, (la[0], la[1][i]), w)


def _settle(counts, change, drop, add, arabic):
    """Write the chances that the counts say, with what a slip may do on top; in place."""
    n_change, n_drop, n_add, slots, n_there = counts
    size = len(arabic)
    prior = np.full((size, size), TYPO / size) + np.eye(size) * 0.5
    for other in (0, 1):  # the target symbol's script is known, so chances are normalised within it
        columns = arabic == bool(other)
        # The chance of a drop depends on what stands beside: the rare is held near the symbol's own.
        mass, dropped = n_change[:, columns] + PRIOR * prior[:, columns], n_drop[other].sum(0)
        kept = mass.sum(1)
        rate = (dropped + 0.3) / (kept + dropped + 1)
        seen = n_there[other]
        drop[other] = (n_drop[other] + NEAR * rate) / (seen + n_drop[other] + NEAR)
        change[:, columns] = mass / kept[:, None] * (1 - rate)[:, None]
        rate = (n_add[other].sum(0) + 0.02) / (slots[other].sum() + 1)
        add[other] = (n_add[other] + NEAR * rate) / (slots[other][:, None] + NEAR)


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
    change, drop, add, share = (-np.log2(m) for m in fit(pairs()))
    lines = [
        f'"about": {json.dumps(ABOUT)}',
        f'"change": {FLOOR_CHANGE}, "drop": {FLOOR_GAP}, "add": {FLOOR_GAP}, "swap": {SWAP}',
        f'"habits": {json.dumps(np.round(share, 2).tolist())}',
    ]
    for name, floor, matrix in (
        ("changes", FLOOR_CHANGE, change),
        ("drops", FLOOR_GAP, drop),
        ("adds", FLOOR_GAP, add),
    ):
        rows = []
        for place in np.argwhere(matrix.min(0) < floor).tolist():
            head = [SYMBOLS[place[-1]], *place[:-1]] if len(place) == 3 else [SYMBOLS[one] for one in place]
            bits = [round(min(float(one[tuple(place)]), floor), 2) for one in matrix]
            rows.append(json.dumps([*head, *bits], ensure_ascii=False))
        lines.append(f'"{name}": [\n' + ",\n".join(rows) + "\n]")
    (DATA / "edit_costs.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf8")


if __name__ == "__main__":
    main()
