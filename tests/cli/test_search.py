"""`mithaq search` and `mithaq node reindex`: what a person may read, with the words in the access log first."""

from __future__ import annotations

from tests.cli.conftest import Mithaq


def test_a_name_is_found_by_who_may_and_the_words_are_logged(mithaq: Mithaq) -> None:
    from tests.node.acts.test_road import drafted

    key = drafted()
    reference = mithaq.rows("wanted.Notice", pk=key)[0].reference
    answer = mithaq("search", "زهير", "التفراستي", "--json", person="drafter")
    assert answer.code == 0, answer.err
    assert [(one["kind"], one["reference"], one["name"]) for one in answer.json["found"]] == [
        ("notice", reference, "زهير التفراستي")
    ]
    assert (answer.json["total"], answer.json["more"], answer.json["following"]) == (1, False, "")
    row = mithaq.rows("acts.Access")[-1]
    assert (row.actor, row.what) == ("drafter", "console.search")
    assert "زهير التفراستي" in row.reason
    plain = mithaq("search", reference, person="drafter")
    assert plain.lines[0].split("\t")[:2] == ["notice", reference]
    nothing = mithaq("search", "Nobody", person="drafter")
    assert (nothing.code, nothing.out, "0 found" in nothing.err) == (0, "", True)


def test_a_question_that_is_none_is_bad_input(mithaq: Mithaq) -> None:
    assert mithaq("search", " ", person="drafter").code == 5
    assert "search.kind" in mithaq("search", "Tafrasti", "--kind", "everything", person="drafter").err
    assert mithaq("search", "Tafrasti", person="nobody").code == 3


def test_the_index_is_made_anew(mithaq: Mithaq) -> None:
    from django.db import connection

    from tests.node.acts.test_road import drafted

    drafted()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM acts_searchentry")
    assert mithaq("search", "Tafrasti", person="drafter").out == ""
    assert mithaq("node", "reindex", "--json").json == {"records": 1}
    assert "Tafrasti" in mithaq("search", "Tafrasti", person="drafter").out
