"""A second implementation of bundle verification that shares no code with `mithaq`: the tests ask both.

Written from the documents alone (RFC 6962, RFC 7515, RFC 8032, C2SP signed-note and tlog-checkpoint, and the format as
`mithaq.ledger.evidence` describes it), with the standard library and an Ed25519 of `cryptography`. It says yes or no.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SLACK = timedelta(minutes=10)


class No(Exception):
    """It does not hold."""


def need(good: object, why: str) -> None:
    if not good:
        raise No(why)


def unb64(text: str) -> bytes:
    data = base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
    need(base64.urlsafe_b64encode(data).rstrip(b"=").decode() == text, "base64url")
    return data


def digest(data: bytes) -> str:
    return "sha256:" + base64.urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()


def no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    need(len(dict(pairs)) == len(pairs), "a name twice")
    return dict(pairs)


def load(data: bytes | str) -> Any:
    return json.loads(data, object_pairs_hook=no_twins)


def jcs(value: Any) -> bytes:
    # RFC 8785 for what plans hold: texts, whole numbers, booleans, objects whose names sort as code points do.
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def public(text: str) -> tuple[str, bytes]:
    need(text.startswith("ed25519:"), "key")
    raw = unb64(text[8:])
    return digest(jcs({"crv": "Ed25519", "kty": "OKP", "x": text[8:]})).removeprefix("sha256:"), raw


def sealing_kid(text: str) -> str:
    """The key id of an age recipient: the digest of what its Bech32 characters hold (BIP 173), checksum left out."""
    bits = "".join(f"{'qpzry9x8gf2tvdw0s3jn54khce6mua7l'.index(char):05b}" for char in text.rpartition("1")[2][:-6])
    raw = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))
    return digest(raw).removeprefix("sha256:")


def ed25519(raw: bytes, signature: bytes, data: bytes) -> None:
    Ed25519PublicKey.from_public_bytes(raw).verify(signature, data)


def payload_of(token: str) -> Any:
    return load(unb64(load(token)["payload"]))


def jws(token: str, key: str, typ: str) -> Any:
    kid, raw = public(key)
    parts, seen = load(token), False
    need(jcs(parts) == token.encode(), "token form")
    for signature in parts["signatures"]:
        header = load(unb64(signature["protected"]))
        need(header["typ"] == typ and header["alg"] == "EdDSA" and "crit" not in header, "header")
        if header["kid"] == kid:
            ed25519(raw, unb64(signature["signature"]), f"{signature['protected']}.{parts['payload']}".encode())
            seen = True
    need(seen, "not signed by this key")
    return payload_of(token)


def when(text: str) -> datetime:
    need(text.endswith("Z"), "time")
    return datetime.fromisoformat(text)


def named(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows}


def merkle(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that a path leads to, by the recursion of RFC 6962 section 2.1.1, from the top down."""
    need(0 <= index < size, "index")
    if size == 1:
        need(not path, "path too long")
        return leaf
    need(path, "path too short")
    half = 1
    while half * 2 < size:
        half *= 2
    if index < half:
        return sha256(b"\x01" + merkle(leaf, index, half, path[:-1]) + path[-1]).digest()
    return sha256(b"\x01" + path[-1] + merkle(leaf, index - half, size - half, path[:-1])).digest()


def head(note: str, origin: str, key: str) -> tuple[int, bytes]:
    text, signatures = note[: note.rindex("\n\n") + 1], note[note.rindex("\n\n") + 2 :].splitlines()
    _, raw = public(key)
    number, seen = sha256(origin.encode() + b"\n\x01" + raw).digest()[:4], False
    for line in signatures:
        dash, name, blob = line.split(" ")
        data = base64.b64decode(blob, validate=True)
        need(dash == "\u2014" and len(data) > 4, "signature line")
        need(base64.b64encode(data).decode() == blob, "base64")
        if (name, data[:4]) == (origin, number):
            ed25519(raw, data[4:], text.encode())
            seen = True
    found, size, root = text.splitlines()
    need(seen and found == origin and str(int(size)) == size, "head")
    return int(size), base64.b64decode(root, validate=True)


def check_plan(plan: dict[str, Any]) -> tuple[str, dict[str, str]]:
    document, signed = plan["document"], set()
    roots = {party: row["root"] for party, row in named(document["parties"]).items()}
    mark = digest(jcs(document))
    for token in plan["signatures"]:
        party = payload_of(token)["party"]
        said = jws(token, roots[party], "mithaq-plan+jws")
        need((said["plan"], said["digest"]) == (document["id"], mark), "plan signature")
        signed.add(party)
    need(signed == set(roots) and roots, "not all signed")
    return mark, {row["id"]: roots[row["party"]] for row in document["authorities"]}


def newest(lists: list[dict[str, Any]], node: str, at: datetime) -> dict[str, Any]:
    own = [each for each in lists if each["authority"] == node and when(each["issued"]) - SLACK <= at]
    best: dict[str, Any] = max(own, key=lambda each: each["version"])
    need(when(best["expires"]) > at, "keys expired")
    return best


def check_envelope(bundle: dict[str, Any], lists: list[dict[str, Any]], mark: str) -> dict[str, Any]:
    claim = payload_of(bundle["envelope"])
    created = when(claim["created"])
    sender, recipient = newest(lists, claim["from"]["node"], created), newest(lists, claim["to"]["node"], created)
    said: dict[str, Any] = jws(bundle["envelope"], sender["node"], "mithaq-envelope+jws")
    need(public(sender["units"][said["from"]["unit"]]["signing"])[0] == said["from"]["key"], "unit key")
    need(said["to"]["unit"] in recipient["units"] and said["format"] == "mithaq/envelope/1", "unit")
    theirs = [each["units"].get(said["to"]["unit"]) for each in lists if each["authority"] == said["to"]["node"]]
    need(said["to"]["key"] in [sealing_kid(unit["sealing"]) for unit in theirs if unit], "recipient key")
    need(said["content"]["digest"] == bundle["content_digest"], "content digest")
    document = bundle["plan"]["document"]
    need(said["plan"] == {"id": document["id"], "digest": mark} and document["format"] == "mithaq/plan/1", "plan")
    need(when(document["starts"]) - SLACK <= created < when(document["ends"]) + SLACK, "period")
    clauses = named(named(document["lines"])[said["line"]]["clauses"])
    need(said["clauses"] and isinstance(said["sequence"], int), "clauses")
    for clause in (clauses[name] for name in said["clauses"]):
        need(clause["effect"] == "permit" and said["act"] in clause["acts"], "act")
        need(said["from"]["unit"] in clause["senders"] and said["to"]["unit"] in clause["recipients"], "units")
        need(set(said["categories"]) <= set(clause["categories"]), "categories")
        need(set(said["handling"]["purposes"]) <= set(clause["purposes"]), "purposes")
        need("H0" <= said["handling"]["code"] <= clause["handling"] and said["language"] in clause["languages"], "code")
    return said


def check_leaf(row: dict[str, Any], bundle: dict[str, Any], lists: list[dict[str, Any]], said: dict[str, Any]) -> bool:
    data = unb64(row["leaf"])
    leaf = load(data)
    contents = [token.encode() for token in (bundle["envelope"], *bundle["receipts"])]
    if "content" in row:
        contents = [each for each in contents if each == unb64(row["content"])]
    opened = [each for each in contents if digest(unb64(row["salt"]) + each) == leaf["commitment"]]
    need(opened and len(unb64(row["salt"])) == 32, "commitment")
    need(leaf["format"] == "mithaq/leaf/1" and jcs(leaf) == data, "leaf")
    whole = opened[0] == contents[0] and opened[0] == bundle["envelope"].encode()
    own = {"sent", "withheld"} if whole else {"receipt"}
    end = "from" if leaf["kind"] in own else "to"
    need(leaf["kind"] in own | ({"received", "rejected"} if whole else {"delivered", "rejected"}), "kind")
    need(row["node"] == said[end]["node"], "whose log")
    facts = {"act": said["act"], "plan": said["plan"]["id"], "line": said["line"], **leaf["subject"]}
    need(
        [facts[name] for name in ("message", "act", "plan", "line")]
        == [said["id"], said["act"], said["plan"]["id"], said["line"]],
        "facts",
    )
    if leaf["kind"] == "sent":
        need(facts.get("clauses", " ".join(said["clauses"])) == " ".join(said["clauses"]), "clauses")
    need(when(leaf["at"]) >= when(said["created"]) - SLACK, "time")
    log = newest(lists, row["node"], when(leaf["at"]))["ledger"]
    size, root = head(row["checkpoint"], f"mithaq/{row['node']}", log)
    path = [unb64(value) for value in row["path"]]
    leaf_hash = sha256(b"\x00" + data).digest()
    need(size == row["size"] and merkle(leaf_hash, row["index"], size, path) == root, "inclusion")
    return whole


def check_receipt(token: str, lists: list[dict[str, Any]], said: dict[str, Any], envelope: str) -> tuple[str, datetime]:
    claim = payload_of(token)
    at, by = when(claim["at"]), claim["by"]
    keys = newest(lists, by["node"], at)
    key = keys["units"][by["unit"]]["signing"] if by["unit"] else keys["node"]
    jws(token, key, "mithaq-receipt+jws")
    need(by["node"] == said["to"]["node"] and by["unit"] in (None, said["to"]["unit"]), "by")
    need(public(key)[0] == by["key"] and claim["format"] == "mithaq/receipt/1", "key")
    need((claim["message"], claim["envelope"]) == (said["id"], digest(envelope.encode())), "message")
    need(claim["kind"] in ("R0", "R1", "RX") or (claim["kind"] in ("R2", "R3", "R4") and by["unit"]), "kind")
    return claim["kind"], at


def check(data: bytes) -> None:
    """Raise something when the bundle does not hold."""
    bundle = load(data)
    need(bundle["format"] == "mithaq/bundle/1" and len(bundle) == 7, "format")
    mark, root_of = check_plan(bundle["plan"])
    lists = [jws(token, root_of[payload_of(token)["authority"]], "mithaq-keylist+jws") for token in bundle["key_lists"]]
    said = check_envelope(bundle, lists, mark)
    whole = [check_leaf(row, bundle, lists, said) for row in bundle["leaves"]]
    need(any(whole), "no leaf of the envelope")
    given = [check_receipt(token, lists, said, bundle["envelope"]) for token in set(bundle["receipts"])]
    times = dict(given)
    need(len(times) == len(given), "a kind twice")
    if {"R2", "RX"} <= set(times):
        need("R0" in times and times["RX"] <= times["R0"], "contradiction")
    need(all(at >= when(said["created"]) - SLACK for at in times.values()), "too early")
    need(times.get("R0", when(said["created"])) <= when(said["expires"]) + SLACK, "too late")
    if {"R0", "R2"} <= set(times):
        need(times["R2"] >= times["R0"] - SLACK, "order")


def holds(data: bytes) -> bool:
    """True when the bundle holds."""
    try:
        check(data)
    except Exception:  # noqa: BLE001
        return False
    return True
