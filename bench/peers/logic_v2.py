"""nomenklatura's logic-v2 with its own blocker, as a program of its own environment: a list and travellers in, scored
candidates out in the form of the shared bench. It shares no code with Mithaq.

    python logic_v2.py SUBJECTS.jsonl.gz TRAVELLERS.jsonl RESULTS.jsonl

On stdout one JSON object: seconds of indexing, of all travellers (blocking and scoring), how many, its version.
"""

import gzip
import json
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from followthemoney import Dataset, StatementEntity
from nomenklatura.blocker.index import Index
from nomenklatura.matching import get_algorithm
from nomenklatura.resolver import Linker
from nomenklatura.store.memory import MemoryStore


def rows(path):
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def person(dataset, row):
    entity = StatementEntity(dataset, {"schema": "Person", "id": row["id"]})
    for name in row.get("names", ()):
        entity.add("name", name)
    for name in row.get("weak_names", ()):
        entity.add("weakAlias", name)
    dates = row.get("birth_dates") or ([row["birth_date"]] if row.get("birth_date") else [])
    for date in dates:
        for part in date.split("/"):
            entity.add("birthDate", part)
    states = row.get("nationalities") or ([row["nationality"]] if row.get("nationality") else [])
    for state in states:
        entity.add("nationality", state)
    for document in row.get("documents", ()):
        entity.add("idNumber", document if isinstance(document, str) else document.get("number", ""))
    return entity


def main(subjects, travellers, results):
    dataset = Dataset.make({"name": "list", "title": "list"})
    store = MemoryStore(dataset, Linker({}))
    with store.writer() as writer:
        for row in rows(subjects):
            writer.add_entity(person(dataset, row))
    listed = {one.id: one for one in store.default_view().entities()}
    asked = {row["id"]: person(dataset, row) for row in rows(travellers)}
    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()
    with tempfile.TemporaryDirectory() as folder, results.open("w", encoding="utf8") as out:
        start = time.perf_counter()
        index = Index(store.default_view(), Path(folder))
        index.build()
        indexed = time.perf_counter()
        for key, found in index.match_entities(asked.values()):
            scored = [
                {"subject": one.id, "score": algorithm.compare(asked[key.id], listed[one.id], config).score}
                for one, _weight in found
            ]
            best = sorted((one for one in scored if one["score"] > 0), key=lambda one: -one["score"])[:5]
            out.write(json.dumps({"traveller": key.id, "candidates": best}) + "\n")
        done = time.perf_counter()
        index.close()
    told = {"index": indexed - start, "screening": done - indexed, "travellers": len(asked)}
    print(json.dumps({**told, "version": version("nomenklatura")}))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
