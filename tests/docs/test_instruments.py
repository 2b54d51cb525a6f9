"""docs/instruments.md against the source: every figure that a clause lays down has a row, and no row is stale."""

from __future__ import annotations

import ast
import dataclasses
import re
import tomllib

import pytest

from mithaq.node.acts.registry import REGISTRY
from mithaq.plan.clauses import CATEGORIES, Clause
from mithaq.plan.reading import LONGEST_HOURS, MOST
from tests.docs import instrument_settings, pages
from tests.node import here

here.configured()
TEXT = pages.text("docs/instruments.md")
SECTIONS = pages.sections(TEXT)
FIELDS = pages.rows(SECTIONS["A clause"])
ROWS = pages.rows(SECTIONS["Settings of the domestic instrument"])
READ = instrument_settings.read()
UNITS = {"centibits": "hundredths of a bit", "hours": "hours", "days": "days", "person": "0 or 1"}
# Where the name of a setting is put together at run time: by post and feed, by page, by whatever a clause holds.
COMPOSED = {"node/border/clause.py", "node/console/tasks.py", "plan/decide.py"}


def laid_down() -> dict[str, int]:
    """The table of what holds where no clause says it; models need Django configured, so that it is read late."""
    from mithaq.node.acts.instruments import DEFAULT_SETTINGS

    return DEFAULT_SETTINGS


def test_every_setting_has_a_row_and_no_row_is_stale() -> None:
    found = {name for name in READ if name is not None} | set(laid_down())
    assert not found - set(ROWS), f"no row: {sorted(found - set(ROWS))}"
    assert not set(ROWS) - found, f"stale: {sorted(set(ROWS) - found)}"


def test_names_known_only_at_run_time_are_composed_in_these_modules() -> None:
    assert READ[None] == COMPOSED


def test_nothing_has_a_default_that_nobody_reads() -> None:
    assert set(laid_down()) - set(READ) == set()


def test_every_setting_of_an_example_has_a_row() -> None:
    for file in ("plan.toml", "domestic-MA-POLICE.toml", "domestic-BE-POLICE.toml"):
        data = tomllib.loads(pages.text(f"examples/plan/{file}"))
        said = {name for line in data["lines"] for one in line["clauses"] for name in one.get("settings", {})}
        assert said <= set(ROWS), file


@pytest.mark.parametrize("name", ROWS)
def test_a_row_says_unit_bounds_default_act_and_what(name: str) -> None:
    unit, bounds, default, acts, what = ROWS[name]
    assert unit == UNITS[name.rpartition("_")[2]]
    assert bounds == "any" or re.search(r"\d", bounds)
    assert default == str(defaults()[name])
    words = re.findall(r"`([a-z-]+)`", acts)
    assert acts == "any act" or words
    assert set(words) <= {act.word for act in REGISTRY.acts.values()}
    assert what.endswith(".")


def defaults() -> dict[str, int]:
    """What holds where no clause says it: the table's, and those that stand with who reads them."""
    from mithaq.node.acts import access_end
    from mithaq.node.border import clause, hits

    beside = {clause.SILENCE: clause.DEFAULT_SILENCE, access_end.SETTING: access_end.DAYS, "hit_days": hits.DAYS}
    return {"list_second_person": 0, **beside, **laid_down()}


def test_by_post_and_feed_are_those_that_the_clause_of_a_post_reads() -> None:
    module = ast.parse((pages.ROOT / "src/mithaq/node/border/clause.py").read_text(encoding="utf8"))
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call) and ast.unparse(node.func) == "setting"]
    said = {name for name, cells in ROWS.items() if "By post and feed" in cells[-1]}
    assert said == {name for name, modules in READ.items() if name and "node/border/clause.py" in modules}
    assert len(calls) == len(said)


def test_every_field_of_a_clause_has_a_row_and_no_row_is_stale() -> None:
    assert list(FIELDS) == [one.name for one in dataclasses.fields(Clause)]
    assert all(len(cells) == 4 and cells[-1].endswith(".") for cells in FIELDS.values())


def test_the_bounds_that_are_said_are_those_that_are_read() -> None:
    assert FIELDS["settings"][1] == f"0 to {MOST}"
    assert FIELDS["deadlines"][1] == f"`1h` to `{LONGEST_HOURS // 24}d`"
    assert FIELDS["quota"][1].startswith(f"1 to {MOST} ")
    assert (FIELDS["categories"][1], len(CATEGORIES)) == ("eight kinds of data", 8)
    from mithaq.plan.building import MANY_DAYS

    assert FIELDS["retention_days"][1] == f"1 to {MANY_DAYS}"


def test_a_refused_file_is_kept_for_each_act_that_takes_one() -> None:
    files = {act.word for act in REGISTRY.acts.values() if act.takes_file}
    for setting in ("refused_file_days", "refused_bytes_hours"):
        assert set(re.findall(r"`([a-z-]+)`", ROWS[setting][3])) == files


def test_the_least_of_the_access_log_is_the_one_that_is_kept() -> None:
    from mithaq.node.acts.chain import LEAST_DAYS

    assert ROWS["access_log_days"][1] == f"{LEAST_DAYS} at least"


def test_what_reads_a_setting_is_found_in_each_way_that_it_is_read() -> None:
    tree = ast.parse("""
found, now = instruments.settings(plan, LINE, "x"), 1
found["a"]; settings.get("b", 1); instruments.settings(p)["c"]; clause.settings.get("d"); setting("e"); other["f"]
""")
    keys = [one.value for one in instrument_settings.in_module(tree) if isinstance(one, ast.Constant)]
    assert sorted(map(str, keys)) == ["a", "b", "c", "d", "e"]
