"""Every path of a TOML text has its line, whatever the way it is written."""

from __future__ import annotations

from mithaq.plan.locate import line_of, locate

TEXT = '''\
# a comment with [brackets] and = signs
title = "one # not a comment"
dotted."quoted key".x = 1

[table]
a = [1, # one
  { deep = "]" },
  "three\\"]",
]
text = """
[[not.a.table]]
b = 2""""
raw = \'\'\'
c = 3\'\'\'
after = 1979-05-27 07:32:00Z
inline = { p = 1, q.r = 2 }

[[rows]]
id = "a"
[rows.sub]
x = 1
[[rows.leaves]]
id = "l0"
[[rows.leaves]]
id = "l1"

[[rows]]
id = "b" # last
  [[rows.leaves]]
  id = "l2"
'''


def test_lines_of_every_way_to_write_a_value() -> None:
    lines = locate(TEXT)
    expected = {
        ("title",): 2,
        ("dotted",): 3,
        ("dotted", "quoted key", "x"): 3,
        ("table",): 5,
        ("table", "a"): 6,
        ("table", "a", 0): 6,
        ("table", "a", 1, "deep"): 7,
        ("table", "a", 2): 8,
        ("table", "text"): 10,
        ("table", "raw"): 13,
        ("table", "after"): 15,
        ("table", "inline", "q", "r"): 16,
        ("rows", 0, "id"): 19,
        ("rows", 0, "sub", "x"): 21,
        ("rows", 0, "leaves", 1, "id"): 25,
        ("rows", 1): 27,
        ("rows", 1, "id"): 28,
        ("rows", 1, "leaves", 0, "id"): 30,
    }
    assert {path: lines.get(path) for path in expected} == expected


def test_a_missing_path_has_the_line_of_what_is_around_it() -> None:
    lines = locate(TEXT)
    assert line_of(lines, ("rows", 1, "name", "fr")) == 27
    assert line_of(lines, ("nothing",)) == lines.get((), 0)
