"""The compiled kernels of screening: the cost of a spelling, the listed words near a seen one, the names worth a look.

Rule: each is compiled once, by `make setup` (`python -m mithaq.screening.kernel`), and kept on disk, so that nothing is
compiled at a border post's first query; who does not screen does not load the compiler. Each answer depends on its own
word or name and on the list, never on what else is asked in the same call. It is one file: the compiler knows that what
it kept is old by the file alone that it is of. Implements design: screening, "Cost".
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numba import config, njit

from mithaq.screening.costs import BESIDE, HABITS
from mithaq.screening.symbols import MAX_SYMBOLS, SYMBOLS
from mithaq.screening.weights import GRID

# Four numbers that are worked out alike become one vector (`read_as`): twice as quick.
config.SLP_VECTORIZE = 1  # type: ignore[attr-defined]
_FIBONACCI = np.uint64(0x9E3779B97F4A7C15)


@njit(cache=True, nogil=True)
def ones(bits):  # type: ignore[no-untyped-def]
    """How many bits are set; added up side by side, which is worked out for several words at once."""
    bits = bits - ((bits >> np.uint64(1)) & np.uint64(0x5555555555555555))
    bits = (bits & np.uint64(0x3333333333333333)) + ((bits >> np.uint64(2)) & np.uint64(0x3333333333333333))
    bits = (bits + (bits >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((bits * np.uint64(0x0101010101010101)) >> np.uint64(56))


# Places are unsigned: a signed one may count from the end, and is looked at for that each time.
_1, _2, _3 = np.uint64(1), np.uint64(2), np.uint64(3)
_0, _LANES, _LONGEST, _ROW = (
    np.uint64(0),
    np.uint64(HABITS),
    np.uint64(MAX_SYMBOLS),
    np.uint64((MAX_SYMBOLS + 1) * HABITS),
)
_SIDES, _BESIDE, _SYMBOLS = np.uint64(BESIDE), np.uint64(BESIDE**2), np.uint64(len(SYMBOLS))


@njit(inline="always")
def _plus(one, two):  # type: ignore[no-untyped-def]
    return np.int32(one + two)


@njit(inline="always")
def _lesser(one, two):  # type: ignore[no-untyped-def]
    return one if one < two else two


@njit(cache=True, nogil=True)
def room():  # type: ignore[no-untyped-def]
    """Room for the tables of a seen word (`read_seen`), and for the grid with what belongs to it (`read_as`)."""
    return (
        np.empty(len(SYMBOLS) * MAX_SYMBOLS * HABITS, np.int32),
        np.empty(2 * BESIDE**2 * MAX_SYMBOLS * HABITS, np.int32),
        np.empty(len(SYMBOLS), np.int64),
        np.empty(len(SYMBOLS) * HABITS, np.int32),
        np.empty((MAX_SYMBOLS + 1) * (MAX_SYMBOLS + 1) * HABITS, np.int32),
        np.empty((MAX_SYMBOLS + 1) * HABITS, np.int32),
    )


@njit(cache=True, nogil=True)
def read_seen(b, columns, told, change, add, occurs, spent):  # type: ignore[no-untyped-def]
    """The tables of one seen word, so that a listed word is read down a row: the costs of reading each symbol as each
    of its symbols (by symbol, place, habit), of adding each of its symbols (by listed word is Arabic, gap, place,
    habit), where each symbol occurs in it (a bit a place), and the least that a listed symbol costs beside it, whatever
    becomes of it (by symbol, habit)."""
    known_change, known_add, known_drop = told.change, told.add, told.drop
    to_arabic = 1 if columns and b[0] >= told.first_arabic else 0
    occurs[:] = 0
    for j in range(columns):
        occurs[b[j]] |= 1 << j
    for symbol in range(len(SYMBOLS)):
        for j in range(columns):
            for k in range(HABITS):
                change[(symbol * MAX_SYMBOLS + j) * HABITS + k] = known_change[symbol, b[j], k]
        for k in range(HABITS):
            # A swap is paid for two symbols, which both occur.
            least = np.int32(told.swap // 2) if occurs[symbol] else np.int32(told.too_far)
            for gap in range(BESIDE**2):
                least = _lesser(least, known_drop[to_arabic, gap, symbol, k])
            for j in range(columns):
                least = _lesser(least, change[(symbol * MAX_SYMBOLS + j) * HABITS + k])
            spent[symbol * HABITS + k] = least
    for arabic in range(2):
        for gap in range(BESIDE**2):
            for j in range(columns):
                for k in range(HABITS):
                    at = ((arabic * BESIDE**2 + gap) * MAX_SYMBOLS + j) * HABITS
                    add[at + k] = known_add[arabic, gap, b[j], k]


@njit(cache=True, nogil=True)
def read_as(words, count, symbols, lengths, b, columns, told, change, add, occurs, spent, grid, least, out):  # type: ignore[no-untyped-def]  # fmt: skip
    """Steps of reading each of `count` listed words as the seen word `b`, whose tables `read_seen` made, into `out`;
    `too_far` where they are. `symbols` are those of all listed words, one after the other.

    The edit grid, a row for each symbol of the listed word, left when no end can be near any more in any habit. Rows
    that it has in common with the word before are taken over, so that words in order cost little: `grid` and `least`
    (of a row). The four habits are written out side by side, innermost: they become the lanes of one vector.
    """
    # Fetched once: a field of a tuple is counted as held each time it is named.
    habit, kind, first_arabic, drop = told.habit, told.kind, told.first_arabic, told.drop.reshape(-1)
    swap, far, too_far = np.int32(told.swap), np.int32(told.far), told.too_far
    to_arabic = _1 if columns and b[0] >= first_arabic else _0
    done = np.int64(0)  # the last row that is worked out
    before, length = _0, np.int64(0)
    for number in range(count):
        word, rows = np.uint64(words[number]) * _LONGEST, np.int64(lengths[words[number]])
        from_arabic = _1 if rows and symbols[word] >= first_arabic else _0
        shared = np.int64(-1)
        if number and (length > 0 and symbols[before] >= first_arabic) == (from_arabic == _1):
            at = _0
            while at < rows and at < length and symbols[word + at] == symbols[before + at]:
                at += _1
            # A row knows the symbol after it too, by its kind.
            mine = kind[symbols[word + at]] if at < rows else 0
            shared = np.int64(at) if (kind[symbols[before + at]] if at < length else 0) == mine else np.int64(at) - 1
        before, length = word, rows
        done = min(done, shared)
        if done < 0:
            gap = np.uint64(kind[symbols[word]]) if rows else _0
            adding = (from_arabic * _BESIDE + gap) * _LONGEST * _LANES
            for k in range(HABITS):
                grid[k] = least[k] = habit[k, np.int64(from_arabic), np.int64(to_arabic)]
            for place in range(np.uint64(columns) * _LANES):
                grid[place + _LANES] = grid[place] + add[adding + place]
            done = np.int64(0)
        # The least that the rows to come cost.
        ahead0 = ahead1 = ahead2 = ahead3 = np.int32(0)
        row, end = np.uint64(done), np.uint64(rows)
        for place in range(row, end):
            own = np.uint64(symbols[word + place]) * _LANES
            ahead0 = _plus(ahead0, spent[own + _0])
            ahead1 = _plus(ahead1, spent[own + _1])
            ahead2 = _plus(ahead2, spent[own + _2])
            ahead3 = _plus(ahead3, spent[own + _3])
        left = np.uint64(kind[symbols[word + row - _1]]) if row else _0
        while row < end:
            symbol = np.uint64(symbols[word + row])
            own, now = symbol * _LANES, row * _LANES
            last = now - _LANES if row else _0
            # A swap reaches over a row: it may leave the one before, and is paid for the next symbol too.
            near0 = _plus(_lesser(least[now + _0], least[last + _0] + swap - spent[own + _0]), ahead0)
            near1 = _plus(_lesser(least[now + _1], least[last + _1] + swap - spent[own + _1]), ahead1)
            near2 = _plus(_lesser(least[now + _2], least[last + _2] + swap - spent[own + _2]), ahead2)
            near3 = _plus(_lesser(least[now + _3], least[last + _3] + swap - spent[own + _3]), ahead3)
            if _lesser(_lesser(near0, near1), _lesser(near2, near3)) > far:
                break
            middle = np.uint64(kind[symbol])
            right = np.uint64(kind[symbols[word + row + _1]]) if row + _1 < end else _0
            # The places where two symbols are changed about.
            swaps = (occurs[symbol] << 1) & occurs[np.uint64(symbols[word + row - _1])] if row else 0
            dropping = ((to_arabic * _BESIDE + _SIDES * left + right) * _SYMBOLS + symbol) * _LANES
            adding = (from_arabic * _BESIDE + _SIDES * middle + right) * _LONGEST * _LANES
            changing = own * _LONGEST
            above = row * _ROW
            below, left = above + _ROW, middle
            dropped0 = drop[dropping + _0]
            dropped1 = drop[dropping + _1]
            dropped2 = drop[dropping + _2]
            dropped3 = drop[dropping + _3]
            across0 = grid[above + _0]
            across1 = grid[above + _1]
            across2 = grid[above + _2]
            across3 = grid[above + _3]
            came0 = low0 = _plus(across0, dropped0)
            came1 = low1 = _plus(across1, dropped1)
            came2 = low2 = _plus(across2, dropped2)
            came3 = low3 = _plus(across3, dropped3)
            grid[below + _0] = came0
            grid[below + _1] = came1
            grid[below + _2] = came2
            grid[below + _3] = came3
            for j in range(columns):
                above, below = above + _LANES, below + _LANES
                over0 = grid[above + _0]
                over1 = grid[above + _1]
                over2 = grid[above + _2]
                over3 = grid[above + _3]
                came0 = _lesser(_plus(across0, change[changing + _0]), _plus(came0, add[adding + _0]))
                came1 = _lesser(_plus(across1, change[changing + _1]), _plus(came1, add[adding + _1]))
                came2 = _lesser(_plus(across2, change[changing + _2]), _plus(came2, add[adding + _2]))
                came3 = _lesser(_plus(across3, change[changing + _3]), _plus(came3, add[adding + _3]))
                came0 = _lesser(came0, _plus(over0, dropped0))
                came1 = _lesser(came1, _plus(over1, dropped1))
                came2 = _lesser(came2, _plus(over2, dropped2))
                came3 = _lesser(came3, _plus(over3, dropped3))
                if (swaps >> j) & 1:
                    back = above - _ROW - _2 * _LANES
                    came0 = _lesser(came0, _plus(grid[back + _0], swap))
                    came1 = _lesser(came1, _plus(grid[back + _1], swap))
                    came2 = _lesser(came2, _plus(grid[back + _2], swap))
                    came3 = _lesser(came3, _plus(grid[back + _3], swap))
                across0, across1, across2, across3 = over0, over1, over2, over3
                grid[below + _0] = came0
                grid[below + _1] = came1
                grid[below + _2] = came2
                grid[below + _3] = came3
                low0 = _lesser(low0, came0)
                low1 = _lesser(low1, came1)
                low2 = _lesser(low2, came2)
                low3 = _lesser(low3, came3)
                changing, adding = changing + _LANES, adding + _LANES
            ahead0 = _plus(ahead0, -spent[own + _0])
            ahead1 = _plus(ahead1, -spent[own + _1])
            ahead2 = _plus(ahead2, -spent[own + _2])
            ahead3 = _plus(ahead3, -spent[own + _3])
            row += _1
            now = row * _LANES
            least[now + _0] = low0
            least[now + _1] = low1
            least[now + _2] = low2
            least[now + _3] = low3
        done = np.int64(row)
        chance = 0.0
        if row == end:
            at = end * _ROW + np.uint64(columns) * _LANES
            for k in range(_LANES):
                if grid[at + k] <= far:
                    chance += 2.0 ** (-grid[at + k] / GRID)
        cost = round(-np.log2(chance) * GRID) if chance > 0.0 else too_far
        out[number] = cost if cost <= far else too_far


@njit(cache=True, nogil=True)
def walk(one, ones, left, two, twos, starts, told, out):  # type: ignore[no-untyped-def]
    """Steps of each pair (one[left[k]], two[right]) with k from `starts[right]` up to `starts[right + 1]`; `ones` and
    `twos` are the lengths."""
    change, add, occurs, spent, grid, least = room()
    symbols = one.reshape(-1)
    for right in range(len(starts) - 1):
        start, end, length = starts[right], starts[right + 1], np.int64(twos[right])
        if end > start:
            read_seen(two[right], length, told, change, add, occurs, spent)
            read_as(
                left[start:end], end - start, symbols, ones, two[right], length, told, change, add, occurs, spent, grid,
                least, out[start:end],
            )  # fmt: skip


@njit(cache=True, nogil=True)
def skeleton_of(code, length, classes, out):  # type: ignore[no-untyped-def]
    """The coarse classes of a word in order, one repeated at once counted once, into `out`; how many."""
    count = 0
    for place in range(length):
        letter = classes.coarse[code[place]]
        if letter and count < classes.longest and (count == 0 or out[count - 1] != letter):
            out[count] = letter
            count += 1
        elif letter and count >= classes.longest:
            break
    return count


@njit(cache=True, nogil=True)
def keys_of(code, length, classes, digits, out):  # type: ignore[no-untyped-def]
    """The keys of a word as numbers, four bits a class (`keys.keys`), each once, into `out`; how many."""
    count = skeleton_of(code, length, classes, digits)
    full = np.uint64(0)
    for place in range(count):
        full = (full << np.uint64(4)) | np.uint64(digits[place])
    out[0] = full
    if count == 0:
        return 1
    if count == 1:
        if length > 2:
            return 1
        out[1] = np.uint64(0)
        return 2
    made = 1
    for cut in range(count):
        key = np.uint64(0)
        for place in range(count):
            if place != cut:
                key = (key << np.uint64(4)) | np.uint64(digits[place])
        known = False
        for before in range(made):
            known = known or out[before] == key
        if not known:
            out[made] = key
            made += 1
    return made


@njit(cache=True, nogil=True)
def sieve_of(code, length, classes):  # type: ignore[no-untyped-def]
    """The finer classes that occur and (hashed) which follow each other (`keys.sieve`)."""
    bits, before = np.uint64(0), 0
    places = 64 - classes.fines
    for place in range(length + 1):
        after = classes.fine[code[place]] if place < length else 0
        if place == length or (after and after != before):
            bits |= np.uint64(1) << np.uint64(classes.fines + (before * 19 + after * 7) % places)
            if after:
                bits |= np.uint64(1) << np.uint64(after - 1)
            before = after
    return bits


@njit(cache=True, nogil=True)
def mark(symbols, lengths, plain, classes):  # type: ignore[no-untyped-def]
    """Of each word: sieve, length of the skeleton, number of keys (of one that is not `plain` the whole skeleton)."""
    size = len(lengths)
    sieves, sizes, counts = np.empty(size, np.uint64), np.empty(size, np.uint8), np.empty(size, np.int64)
    digits, keys = np.empty(classes.longest, np.uint8), np.empty(classes.longest + 2, np.uint64)
    for word in range(size):
        sieves[word] = sieve_of(symbols[word], lengths[word], classes)
        sizes[word] = skeleton_of(symbols[word], lengths[word], classes, digits)
        counts[word] = keys_of(symbols[word], lengths[word], classes, digits, keys) if plain[word] else 1
    return sieves, sizes, counts


@njit(cache=True, nogil=True)
def wholes(symbols, lengths, classes):  # type: ignore[no-untyped-def]
    """The whole skeleton of each word, as a key."""
    out = np.empty(len(lengths), np.uint64)
    digits, keys = np.empty(classes.longest, np.uint8), np.empty(classes.longest + 2, np.uint64)
    for word in range(len(lengths)):
        keys_of(symbols[word], lengths[word], classes, digits, keys)
        out[word] = keys[0]
    return out


@njit(cache=True, nogil=True)
def spell(symbols, lengths, classes, starts):  # type: ignore[no-untyped-def]
    """The keys of all words, those of word k from `starts[k]` up to `starts[k + 1]`."""
    out = np.empty(starts[-1], np.uint64)
    digits, keys = np.empty(classes.longest, np.uint8), np.empty(classes.longest + 2, np.uint64)
    for word in range(len(lengths)):
        keys_of(symbols[word], lengths[word], classes, digits, keys)
        out[starts[word] : starts[word + 1]] = keys[: starts[word + 1] - starts[word]]
    return out


@njit(cache=True, nogil=True)
def shelve(keys, table):  # type: ignore[no-untyped-def]
    """Put each key into the open table (a power of two of places, more than the keys)."""
    mask = np.uint64(len(table) - 1)
    for number in range(len(keys)):
        place = (keys[number] * _FIBONACCI >> np.uint64(20)) & mask
        while table[place]:
            place = (place + np.uint64(1)) & mask
        table[place] = number + 1


@njit(cache=True, nogil=True)
def run_of(key, lookup):  # type: ignore[no-untyped-def]
    """The place of a key, -1 for one that no listed word has."""
    mask = np.uint64(len(lookup.table) - 1)
    place = (key * _FIBONACCI >> np.uint64(20)) & mask
    while lookup.table[place]:
        number = lookup.table[place] - 1
        if lookup.keys[number] == key:
            return number
        place = (place + np.uint64(1)) & mask
    return -1


@njit(cache=True, nogil=True)
def number_of(code, length, lookup, listed, classes):  # type: ignore[no-untyped-def]
    """The number of a word, -1 for one that is not of the list."""
    digits, keys = np.empty(classes.longest, np.uint8), np.empty(classes.longest + 2, np.uint64)
    keys_of(code, length, classes, digits, keys)
    run = run_of(keys[0], lookup)
    if run < 0:
        return -1
    for place in range(lookup.starts[run], lookup.starts[run + 1]):
        word = lookup.words[place]
        if listed.lengths[word] == length:
            same = True
            for at in range(length):
                same = same and listed.symbols[word, at] == code[at]
            if same:
                return word
    return -1


@njit(cache=True, nogil=True)
def passes(seen, seen_length, seen_arabic, sieve, length, arabic, short, habits, limits):  # type: ignore[no-untyped-def]
    """Whether a seen word (its sieve) is compared with a listed one with which it shares a key."""
    count, most, most_short, most_occur, longer = limits
    differ = seen ^ sieve
    if ones(differ) > (most_short if short else most):
        return False
    occur = np.uint64((1 << count) - 1)
    if ones(differ & occur) > most_occur or (abs(seen_length - length) > longer and arabic == seen_arabic):
        return False
    if not short:
        return True
    only_seen, only_listed = seen & ~sieve & occur, sieve & ~seen & occur
    if ones(only_seen) != 1 or ones(only_listed) != 1:
        return True
    # One consonant stands for another, and none else differs: only where a habit writes it so.
    return bool(habits[ones(only_listed - np.uint64(1)) + 1, ones(only_seen - np.uint64(1)) + 1])


@njit(cache=True, nogil=True)
def wider(column):  # type: ignore[no-untyped-def]
    """The column with as much room again."""
    out = np.empty(2 * len(column), column.dtype)
    out[: len(column)] = column
    return out


@njit(cache=True, nogil=True)
def meet(symbols, lengths, plain, lookup, listed, classes, limits, told, met, stamp):  # type: ignore[no-untyped-def]
    """(starts, words, steps, own): for each seen word the listed ones that it may be a spelling of, in order, with
    costs, and what it costs to be written as it is. One that is not `plain` meets only words that somebody is written
    with. `met`: marks of listed words (`marks.Marks`), from `stamp` on."""
    first_arabic, far = told.first_arabic, told.far
    shelf, starts_of, shelf_sieves, habits = lookup.words, lookup.starts, lookup.sieves, classes.habits
    shelf_ends = lookup.plain_ends
    theirs, their_lengths, traits = listed.symbols.reshape(-1), listed.lengths, lookup.traits
    most_otherwise = limits.differ_otherwise
    most = (classes.fines, limits.differ, limits.differ_short, limits.occur, limits.longer)
    size = len(lengths)
    starts = np.zeros(size + 1, np.int64)
    words, steps = np.empty(256, np.int32), np.empty(256, np.int16)
    found, costs = np.empty(256, np.int32), np.empty(256, np.int32)
    digits, keys = np.empty(classes.longest, np.uint8), np.empty(classes.longest + 2, np.uint64)
    change, add, occurs, spent, grid, least = room()
    own, itself, seen_symbols = np.empty(size, np.int32), np.arange(size), symbols.reshape(-1)
    total = 0
    for seen in range(size):
        code, length = symbols[seen], np.int64(lengths[seen])
        read_seen(code, length, told, change, add, occurs, spent)
        read_as(
            itself[seen : seen + 1], 1, seen_symbols, lengths, code, length, told, change, add, occurs, spent, grid,
            least, own[seen : seen + 1],
        )  # fmt: skip
        arabic = length > 0 and code[0] >= first_arabic
        sieve, mark = sieve_of(code, length, classes), stamp + seen + 1
        for which in range(keys_of(code, length, classes, digits, keys)):
            run = run_of(keys[which], lookup)
            if run < 0:
                continue
            end, count = shelf_ends[run], 0
            for place in range(starts_of[run], starts_of[run + 1] if plain[seen] else end):
                other = shelf_sieves[place]
                if ones(sieve ^ other) > (most[1] if place < end else most_otherwise):
                    continue
                trait, word = np.int64(traits[place]), shelf[place]
                # A word comes once for each key that is shared.
                if met[word] != mark and passes(
                    sieve, length, arabic, other, trait & 31, trait >= 64, trait & 32, habits, most
                ):
                    met[word] = mark
                    if count == len(found):
                        found, costs = wider(found), wider(costs)
                    found[count] = word
                    count += 1
            read_as(
                found, count, theirs, their_lengths, code, length, told, change, add, occurs, spent, grid, least, costs
            )  # fmt: skip
            while total + count > len(words):
                words, steps = wider(words), wider(steps)
            for place in range(count):
                if costs[place] <= far:
                    # In the order of words: few are near enough to be kept.
                    at = total
                    while at > starts[seen] and words[at - 1] > found[place]:
                        words[at], steps[at] = words[at - 1], steps[at - 1]
                        at -= 1
                    words[at], steps[at] = found[place], costs[place]
                    total += 1
        starts[seen + 1] = total
    return starts, words[:total].copy(), steps[:total].copy(), own


@njit(cache=True, nogil=True)
def chances(symbols, lengths, starts, words, steps, own_costs, listed, people, limits, told):  # type: ignore[no-untyped-def]
    """log2 of the chance of each seen word among all bearers of names listed in Latin, and in Arabic (steps).

    Added up in the order of listed words, so that no other word of the call can change the rounding.
    """
    size = len(lengths)
    out = np.empty((size, 2), np.int64)
    first_arabic, expected, theirs, their_lengths = told.first_arabic, listed.expected, listed.symbols, listed.lengths
    for seen in range(size):
        code, length = symbols[seen], np.int64(lengths[seen])
        arabic = 1 if length > 0 and code[0] >= first_arabic else 0
        latin_sum, arabic_sum = 0.0, 0.0
        for place in range(starts[seen], starts[seen + 1]):
            word = words[place]
            chance = 2.0 ** (-steps[place] / GRID) * expected[word]
            if their_lengths[word] > 0 and theirs[word, 0] >= first_arabic:
                arabic_sum += chance
            else:
                latin_sum += chance
        # A word that nobody listed bears is most often seen as its bearer writes it; from the other script it costs
        # bits a letter to get there.
        own = 2.0 ** (-own_costs[seen] / GRID) * limits.unseen
        letters = limits.across_of_arabic if arabic == 1 else limits.across_of_latin
        across = 2.0 ** (-length * letters) * limits.unseen
        latin_sum += own if arabic == 0 else across
        arabic_sum += own if arabic == 1 else across
        out[seen, 0] = np.int64(np.floor(np.log2(latin_sum / people[0]) * GRID))
        out[seen, 1] = np.int64(np.floor(np.log2(arabic_sum / people[1]) * GRID))
    return out


@njit(cache=True, nogil=True)
def keep(starts, words, steps, by_chance, listed, least, first_arabic):  # type: ignore[no-untyped-def]
    """(starts, words, weights) of the words that somebody listed bears and that say `least` or more."""
    out = np.zeros(len(starts), np.int64)
    kept, weights = np.empty(len(words), np.int32), np.empty(len(words), np.int16)
    total = 0
    for seen in range(len(starts) - 1):
        for place in range(starts[seen], starts[seen + 1]):
            word = words[place]
            if not listed.borne[word]:
                continue
            arabic = 1 if listed.lengths[word] > 0 and listed.symbols[word, 0] >= first_arabic else 0
            weight = -np.int64(steps[place]) - by_chance[seen, arabic]
            if weight >= least:
                kept[total], weights[total] = word, min(weight, 32767)
                total += 1
        out[seen + 1] = total
    return out, kept[:total].copy(), weights[:total].copy()


def main() -> None:
    """Compile all kernels anew for the types that screening calls them with."""
    from mithaq.screening import Subject, Traveller, build, screen

    # What was kept may be of another file's state, or older than what the doctor asks for.
    for kept in (Path(__file__).parent / "__pycache__").glob("kernel*.nb[ic]"):
        kept.unlink(missing_ok=True)
    index = build([Subject("1", ("Ali Ben Ali",), birth_dates=("1980", "1981-02-03"), documents=("AB12345",))])
    screen(index, [Traveller("1", ("Ali Benali",), "1980-02-03", document="AB12345")], floor=-20.0)


if __name__ == "__main__":
    main()
