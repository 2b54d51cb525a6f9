"""A person of the node as a subject of screening."""

from __future__ import annotations

from mithaq.node.acts.nouns import Person
from mithaq.screening import Subject


def subject(key: str, person: Person, human: str = "", places: tuple[str, ...] = ()) -> Subject:
    """The subject `key`, such as `notice:...`; every spelling that is known, weak ones apart.

    `human` is shared by the records of one human, and is the record's own key when nothing is said.
    """
    return Subject(
        id=key,
        person=human or key,
        names=person.names,
        weak_names=person.weak_names,
        birth_dates=person.birth_dates,
        nationalities=person.nationalities,
        documents=tuple(document.number for document in person.documents),
        sex=person.sex,
        places=places,
    )
