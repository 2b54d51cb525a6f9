"""Reading: every problem of a document is named, with its path and line; canonical bytes read back."""

from __future__ import annotations

import tomllib

import pytest

from mithaq.errors import InputError
from mithaq.plan.document import canonical_plan, load_canonical, plan_digest, read_plan
from mithaq.plan.problems import PlanErrors
from tests.plan.samples import PLAN, ROOTS, TEXT


def problems(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(PlanErrors) as caught:
        read_plan(text, "p.toml")
    assert isinstance(caught.value, InputError)
    return [(found.line, found.path, found.text) for found in caught.value.problems]


def line(text: str, part: str) -> int:
    """The line on which a part of the text begins."""
    return text[: text.index(part)].count("\n") + 1


CLAUSE = "lines[0].clauses[0]"
ONE_PROBLEM = [
    # replaced, by, path, part of the problem's text
    ('format = "mithaq/plan/1"', 'format = "mithaq/plan/2"', "format", "must be one of"),
    ('kind = "joint"', 'kind = "secret"', "kind", "must be one of joint, domestic"),
    ('id = "MA-BE/test"', 'id = "MA BE"', "id", "must be an id"),
    ('id = "MA-BE/test"', 'id = "MA-BE/test"\ncolour = "blue"', "colour", "is not a key of a plan"),
    ('starts = "2025-01-01T00:00:00Z"', "starts = 2025-01-01T00:00:00Z", "starts", "bare date"),
    ('starts = "2025-01-01T00:00:00Z"', 'starts = "2025-01-01"', "starts", "RFC 3339"),
    ('starts = "2025-01-01T00:00:00Z"', 'starts = "2025-13-01T00:00:00Z"', "starts", "calendar"),
    ('ends = "2027-01-01T00:00:00Z"', 'ends = "2024-01-01T00:00:00Z"', "ends", "ends before it starts"),
    ('title = { en = "A plan", fr = "Un plan" }', 'title = { en = "A plan" }', "title.fr", "is missing"),
    ('fr = "Un plan" }', 'fr = "Un plan", nl = "Een plan" }', "title.nl", "is not a key"),
    ('fr = "Un plan"', 'fr = ""', "title.fr", "is empty"),
    ('fr = "Un plan"', 'fr = "Un \\u202Eplan"', "title.fr", "cannot be seen"),
    (ROOTS["BE"].public.text, "unpinned", "parties[1].root", "not pinned"),
    (ROOTS["BE"].public.text, "ed25519:short", "parties[1].root", ""),
    (ROOTS["BE"].public.text, ROOTS["MA"].public.text, "parties[1].root", "of another party"),
    ('party = "BE"', 'party = "FR"', "authorities[1].party", "no party FR"),
    ('authority = "BE-POLICE"', 'authority = "BE-CUSTOMS"', "units[1].authority", "no authority BE-CUSTOMS"),
    ('id = "locate"', 'id = "find"', f"{CLAUSE}.purposes[0]", "no purpose locate"),
    ('categories = ["identity", "portrait"]', 'categories = ["identity", "dna"]', f"{CLAUSE}.categories[1]", "dna"),
    ('categories = ["identity", "portrait"]', "categories = []", f"{CLAUSE}.categories", "permits nothing"),
    ('categories = ["identity", "portrait"]', 'categories = "identity"', f"{CLAUSE}.categories", "a list of texts"),
    ('"identity", "portrait"', '"identity", "identity"', f"{CLAUSE}.categories[1]", "twice"),
    ('"identity", "portrait"', '"identity", 7', f"{CLAUSE}.categories[1]", "must be a text"),
    ('handling = "H2"', 'handling = "H9"', f"{CLAUSE}.handling", "must be one of"),
    ('handling = "H2"\n', "", f"{CLAUSE}.handling", "is missing"),
    ('effect = "permit"', 'effect = "allow"', f"{CLAUSE}.effect", "must be one of permit, prohibit"),
    ('"publish-notice@1"', '"publish-notice"', f"{CLAUSE}.acts[0]", "word@version"),
    ('languages = ["en", "fr"]\nd', 'languages = ["en", "ar"]\nd', f"{CLAUSE}.languages[1]", "no language ar"),
    ('urgent = "8h"', 'urgent = "soon"', f"{CLAUSE}.deadlines.urgent", "must be a duration"),
    ('urgent = "8h"', 'whenever = "8h"', f"{CLAUSE}.deadlines.whenever", "is not a key"),
    ('urgent = "8h"', 'urgent = "9999d"', f"{CLAUSE}.deadlines.urgent", "longer than"),
    ("count = 5", "count = 0", f"{CLAUSE}.quota.count", "whole number from 1"),
    ("count = 5", "count = 5.0", f"{CLAUSE}.quota.count", "fraction"),
    ("count = 5", "count = true", f"{CLAUSE}.quota.count", "must be a whole number"),
    ("retention_days = 365", "retention_days = 99999", f"{CLAUSE}.retention_days", "longer than"),
    ("retention_days = 365\n", "", f"{CLAUSE}.retention_days", "is missing"),
    ("candidate_hours = 72", "candidate_hours = 7.5", f"{CLAUSE}.settings.candidate_hours", "whole number or a text"),
    ("candidate_hours = 72", "Candidate = 72", f"{CLAUSE}.settings.Candidate", "not the name of a setting"),
    ("candidate_hours = 72", "candidate_hours = -1", f"{CLAUSE}.settings.candidate_hours", "from 0"),
]


@pytest.mark.parametrize(("old", "new", "path", "said"), ONE_PROBLEM)
def test_a_problem_is_named_with_its_path_and_line(old: str, new: str, path: str, said: str) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    found = problems(text)
    assert [problem for problem in found if problem[1] == path], found
    number, _, words = next(problem for problem in found if problem[1] == path)
    assert said in words
    place = PLACES.get(said) or ("[[lines.clauses]]" if new == "" else "")
    assert number == (line(text, place) if place else changed_line(text))


# where the problem stands when it is not on the line that was changed
PLACES = {"no purpose locate": 'purposes = ["locate"]', "of another party": '"\n\n[[authorities]]'}


def changed_line(text: str) -> int:
    """The first line that the sample does not have."""
    known = set(TEXT.splitlines())
    return next(number for number, found in enumerate(text.splitlines(), start=1) if found not in known)


def test_every_problem_is_reported_at_once_in_the_order_of_the_text() -> None:
    text = TEXT.replace('"joint"', '"x"').replace('"portrait"', '"dna"').replace("count = 5", "count = 5.5")
    found = problems(text)
    assert [path for _, path, _ in found] == ["kind", f"{CLAUSE}.categories[1]", f"{CLAUSE}.quota.count"]
    assert [number for number, _, _ in found] == sorted(number for number, _, _ in found)


def test_duplicate_ids_are_problems() -> None:
    text = TEXT + TEXT[TEXT.index("[[lines.clauses]]") :]
    assert [(path, text) for _, path, text in problems(text)] == [
        ("lines[0].clauses[1].id", "wanted-persons/publish is the id of an earlier clause")
    ]
    text = TEXT.replace('id = "BE-POLICE/WANTED"', 'id = "MA-POLICE/WANTED"', 1)
    assert "units[1].id" in [path for _, path, _ in problems(text)]


def test_a_unit_bears_the_name_of_its_authority() -> None:
    text = TEXT.replace('id = "BE-POLICE/WANTED"', 'id = "MA-POLICE/OTHER"', 1)
    assert "units[1].id" in [path for _, path, _ in problems(text)]


def test_a_clause_that_reaches_nobody_else_is_a_problem() -> None:
    own = 'senders = ["MA-POLICE/WANTED"]\nrecipients = ["MA-POLICE/WANTED"]'
    start, end = TEXT.index("senders ="), TEXT.index("\ncategories =")
    assert [path for _, path, _ in problems(TEXT[:start] + own + TEXT[end:])] == [f"{CLAUSE}.recipients"]


def test_a_domestic_instrument_has_one_party_only_local_recipients_and_no_quota() -> None:
    found = [path for _, path, _ in problems(TEXT.replace('kind = "joint"', 'kind = "domestic"'))]
    assert sorted(found) == sorted(
        ["parties", "authorities", f"{CLAUSE}.recipients[0]", f"{CLAUSE}.recipients[1]", f"{CLAUSE}.quota"]
    )


def test_a_joint_plan_needs_two_parties_and_permits_nothing_local() -> None:
    text = TEXT.replace('recipients = ["MA-POLICE/WANTED", "BE-POLICE/WANTED"]', 'recipients = ["local"]')
    assert [path for _, path, _ in problems(text)] == [f"{CLAUSE}.recipients[0]"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("id = ", 1), ('id = "a"\nid = "b"\n', 2), ('a = 1\nb = "\n"', 2), ("x = 1\n[t\n", 2), ("a = [\n1,\n", 3)],
)
def test_a_syntax_error_bears_its_line(text: str, number: int) -> None:
    with pytest.raises(PlanErrors) as caught:
        read_plan(text, "p.toml")
    assert caught.value.code == "plan.toml"
    assert caught.value.problems[0].line == number
    assert caught.value.lines()[0].startswith(f"p.toml:{number}: plan: ")


def test_the_error_itself_names_file_line_and_path() -> None:
    with pytest.raises(PlanErrors) as caught:
        read_plan(TEXT.replace('"portrait"', '"dna"'), "p.toml")
    assert str(caught.value).startswith(f"p.toml:{line(TEXT, 'categories =')}: {CLAUSE}.categories[1]: ")


def test_a_draft_may_be_unpinned() -> None:
    text = TEXT.replace(ROOTS["BE"].public.text, "unpinned")
    assert read_plan(text, "p.toml", draft=True).parties[1].root == "unpinned"


def test_canonical_bytes_read_back_and_are_the_only_ones() -> None:
    data = canonical_plan(PLAN)
    assert load_canonical(data) == PLAN
    with pytest.raises(InputError, match="canonical form"):
        load_canonical(data.replace(b'"24h"', b'"1d"'))
    with pytest.raises(InputError):
        load_canonical(data[:-1])
    with pytest.raises(InputError):
        load_canonical(b"[1]")


def test_the_digest_follows_the_meaning_and_not_the_layout() -> None:
    respelt = TEXT.replace('window = "1d"', "window = '24h'").replace("\n\n", "\n# note\n\n\n")
    assert plan_digest(read_plan(respelt, "p.toml")) == plan_digest(PLAN)
    assert plan_digest(read_plan(TEXT.replace("count = 5", "count = 6"), "p.toml")) != plan_digest(PLAN)


def test_the_digest_is_pinned() -> None:
    """A change of the canonical form would void every signature: it needs a new `format`."""
    assert tomllib.loads(TEXT)["format"] == "mithaq/plan/1"
    assert plan_digest(PLAN) == "sha256:pLMqMqN8gSW3WWjlg5zRB3QIKs1HcBXADgG4XtMc9IA"
