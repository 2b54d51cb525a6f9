"""Storage of the road: instruments, key lists, channels, wishes, outbox, inbox, receipts, ledger.

Rule: nothing here holds the plaintext of what was exchanged; `content` columns hold age files sealed to a unit.
Design: architecture, "The road" and "Storage and jobs"; exchange, "Envelope", "Receipts", "Ledger".
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Instrument(models.Model):
    """A plan that this node has enacted: joint (signed by all parties) or domestic (by its own)."""

    plan = models.TextField(primary_key=True)
    digest = models.TextField()
    kind = models.TextField()
    document = models.BinaryField()
    signatures = models.JSONField()
    enacted = models.DateTimeField()
    version = models.IntegerField(default=1)


class Suspension(models.Model):
    """A line that a party has suspended; lifted when `until` is set."""

    id = models.UUIDField(primary_key=True)
    plan = models.TextField()
    line = models.TextField()
    by = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.TextField()
    version = models.IntegerField(default=1)


class KeyList(models.Model):
    """A key list of an authority, signed by its party's root; the highest version counts."""

    authority = models.TextField()
    number = models.IntegerField()
    token = models.BinaryField()
    received = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "number"], name="key_list_once")]


class Series(models.Model):
    """The last number given out in a series of readable ids, such as `MA/2026/WP`."""

    name = models.TextField(primary_key=True)
    last = models.BigIntegerField(default=0)


class Channel(models.Model):
    """One direction of exchange with a partner: the last sequence number and the digest of that envelope."""

    partner = models.TextField()
    outgoing = models.BooleanField()
    sequence = models.BigIntegerField(default=0)
    previous = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "outgoing"], name="channel_once")]


class Leaf(models.Model):
    """A leaf of the transparency log: queued while `index` is null, then for ever at its index. `rows` is how many rows
    of the access log it seals, when it is a head of that log; `subject` is what it is found by, `actor` who did the
    act: the leaf itself names nobody."""

    kind = models.TextField()
    at = models.DateTimeField()
    data = models.BinaryField()
    salt = models.BinaryField()
    subject = models.TextField(default="", db_index=True)
    index = models.BigIntegerField(null=True, unique=True)
    rows = models.BigIntegerField(null=True)
    actor = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(index=None), name="leaf_queue"),
            models.Index(fields=["rows"], condition=models.Q(rows__isnull=False), name="leaf_access"),
            models.Index(fields=["at"], condition=~models.Q(actor=""), name="leaf_acted"),
        ]


class TreeNode(models.Model):
    """The hash of a perfect subtree of the log: `level` 0 are leaves."""

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="tree_node_once")]


class Checkpoint(models.Model):
    """A signed head of the log (C2SP signed note)."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()


class Wish(models.Model):
    """A wish to send: names a record and a recipient, holds no content. Closed by a message or by a refusal.

    `supersedes` is an earlier wish for the same record that came to nothing, which this one takes up again.
    """

    id = models.UUIDField(primary_key=True)
    act = models.TextField()
    plan = models.TextField()
    line = models.TextField()
    sender = models.TextField()
    recipient = models.TextField()
    model = models.TextField()
    record = models.TextField()
    urgency = models.TextField(default="normal")
    follows = models.UUIDField(null=True)
    in_reply_to = models.UUIDField(null=True)
    supersedes = models.UUIDField(null=True)
    created = models.DateTimeField()
    state = models.TextField(default="open")
    ground = models.TextField(default="")
    message = models.UUIDField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["created"], condition=models.Q(state="open"), name="wish_open"),
            models.Index(fields=["model", "record"], name="wish_record"),
            models.Index(fields=["created"], condition=models.Q(state="refused"), name="wish_refused"),
        ]


class Outbox(models.Model):
    """A message on its way: the signed envelope and the sealed content, delivered as the same bytes until accepted."""

    message = models.UUIDField(primary_key=True)
    partner = models.TextField()
    plan = models.TextField()
    line = models.TextField()
    act = models.TextField()
    sequence = models.BigIntegerField()
    envelope = models.BinaryField()
    content = models.BinaryField(null=True)
    digest = models.TextField()
    created = models.DateTimeField()
    expires = models.DateTimeField()
    due = models.DateTimeField(null=True)
    state = models.TextField(default="waiting")
    ground = models.TextField(default="")
    attempts = models.IntegerField(default=0)
    next_attempt = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["next_attempt"], condition=models.Q(state="waiting"), name="outbox_waiting"),
            models.Index(fields=["plan", "line", "created"], name="outbox_quota"),
            models.Index(fields=["created"], name="outbox_latest"),
            models.Index(
                fields=["message"],
                condition=models.Q(state__in=("rejected", "expired", "withheld")),
                name="outbox_undelivered",
            ),
        ]


class Inbox(models.Model):
    """A message that arrived: unique on (sender, message), with the receipt that was given for these very bytes."""

    sender = models.TextField()
    message = models.UUIDField()
    digest = models.TextField()
    plan = models.TextField()
    line = models.TextField()
    act = models.TextField()
    envelope = models.BinaryField()
    content = models.BinaryField(null=True)
    receipt = models.BinaryField()
    accepted = models.BooleanField()
    at = models.DateTimeField()
    state = models.TextField(default="accepted")
    attempts = models.IntegerField(default=0)
    next_attempt = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "message"], name="inbox_once")]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(state="accepted"), name="inbox_waiting"),
            models.Index(fields=["at"], condition=models.Q(state="poison"), name="inbox_poison"),
            models.Index(fields=["plan", "line", "at"], name="inbox_quota"),
            models.Index(fields=["at"], name="inbox_latest"),
            models.Index(fields=["message"], name="inbox_message"),
        ]


class Retry(models.Model):
    """A person's word that a message put aside as poison is to be opened again; `taken` once the worker has."""

    id = models.UUIDField(primary_key=True)
    sender = models.TextField()
    message = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()
    taken = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["at"], condition=models.Q(taken=None), name="retry_waiting")]


class Receipt(models.Model):
    """A receipt given (outgoing, delivered by the worker) or received (the proof that we hold)."""

    outgoing = models.BooleanField()
    partner = models.TextField()
    message = models.UUIDField()
    kind = models.TextField()
    token = models.BinaryField()
    at = models.DateTimeField()
    ground = models.TextField(default="")
    delivered = models.BooleanField(default=False)
    attempts = models.IntegerField(default=0)
    next_attempt = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outgoing", "partner", "message", "kind"], name="receipt_once"),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt"], condition=models.Q(outgoing=True, delivered=False), name="receipt_waiting"
            ),
            models.Index(fields=["message"], condition=models.Q(outgoing=False, kind="RX"), name="receipt_rejection"),
            models.Index(fields=["message"], name="receipt_message"),
        ]


class Refusal(models.Model):
    """An act that the plan or a rule refused, with its ground: refusals are answers, and are kept."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    act = models.TextField()
    plan = models.TextField()
    line = models.TextField()
    actor = models.TextField()
    ground = models.TextField()


class Alarm(models.Model):
    """Something that a person must look at: a reused id, a broken signature, a poisoned message."""

    at = models.DateTimeField()
    code = models.TextField()
    partner = models.TextField(default="")
    message = models.UUIDField(null=True)
    detail = models.TextField(default="")
    seen = models.BooleanField(default=False)


class Tombstone(models.Model):
    """What is left of an erased record: which rule ended it, and salted hashes of its id and its reference.

    `salt` is that of a month, under which `record` and `reference` are found again; `opening` is its own, under which
    its leaf names them. `leaf` is the subject of its leaf, which commits to this id; `ended` is when its time was over,
    `at` when it was erased.
    """

    id = models.UUIDField(primary_key=True)
    rule = models.TextField()
    model = models.TextField()
    source = models.TextField()
    unit = models.TextField(default="")
    salt = models.BinaryField()
    record = models.TextField(db_index=True)
    reference = models.TextField(default="", db_index=True)
    opening = models.BinaryField()
    leaf = models.TextField()
    ended = models.DateTimeField()
    at = models.DateTimeField(db_index=True)
    records = models.IntegerField()


class Access(models.Model):
    """Who read which record, why, when: a chain of hashes whose head becomes a ledger leaf once a minute.

    The id is the row's place, without a gap. `also` are the records about persons that a listing showed; `refused` is
    what `what` begins with. Every search of oversight goes by one of the indexes, latest first.
    """

    at = models.DateTimeField(db_index=True)
    actor = models.TextField()
    unit = models.TextField()
    what = models.TextField()
    record = models.TextField(default="")
    reason = models.TextField(default="")
    why = models.TextField(default="")
    also = ArrayField(models.TextField(), default=list)
    salt = models.BinaryField(default=b"")
    chain = models.BinaryField()
    refused = models.GeneratedField(
        expression=models.ExpressionWrapper(models.Q(what__startswith="refused:"), output_field=models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            models.Index(fields=["actor", "id"], name="access_actor"),
            models.Index(fields=["unit", "id"], name="access_unit"),
            models.Index(fields=["what", "id"], name="access_what"),
            models.Index(fields=["record", "id"], name="access_record"),
            models.Index(fields=["id"], condition=models.Q(refused=True), name="access_refused"),
            models.Index(fields=["unit", "id"], condition=models.Q(refused=True), name="access_refused_unit"),
            models.Index(fields=["actor", "id"], condition=models.Q(refused=True), name="access_refused_actor"),
            GinIndex(fields=["also"], name="access_also"),
        ]


class ChainCheck(models.Model):
    """How far the access log has been checked: one row. `place` is the last row that held in this round over the log,
    `began` when the round began, `whole` when one last came to the end; `fault` is what a check found, or empty."""

    id = models.IntegerField(primary_key=True)
    place = models.BigIntegerField(default=0)
    newest = models.BigIntegerField(default=0)
    began = models.DateTimeField()
    at = models.DateTimeField()
    whole = models.DateTimeField(null=True)
    fault = models.TextField(default="")
    row = models.BigIntegerField(null=True)


class SearchEntry(models.Model):
    """What a search finds: a line of a record, and the hashes of its keys, each bound to who may read it.

    It holds no text of the record. `record` is whose writing wrote it and whose erasure erases it; `line` is the id
    under which the subject shows it.
    """

    model = models.TextField()
    record = models.TextField()
    line = models.TextField(db_collation="C")
    at = models.DateTimeField()
    keys = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [
            # No pending list: what was written a moment ago costs a search no more than what lies here for long.
            GinIndex(fields=["keys"], name="search_keys", fastupdate=False),
            models.Index(fields=["model", "record"], name="search_record"),
            models.Index(fields=["at", "line"], name="search_latest"),
        ]
