"""Storage of posts, manifests, the crossings register, candidates, judgements and hits."""

from __future__ import annotations

from django.db import models
from django.db.models.fields.json import KeyTextTransform

from mithaq.node.border.silence_models import Silence, Silenced

__all__ = [
    "Candidate", "Crossing", "Hit", "Judgement", "KeptManifest", "Manifest", "Post", "ScoreCount", "ScoreMonth",
    "Silence", "Silenced", "Threshold",
]  # fmt: skip


class Post(models.Model):
    """A border post: its UN/LOCODE or own code, its kind and its names in four languages."""

    id = models.TextField(primary_key=True)
    unit = models.TextField()
    kind = models.TextField()
    names = models.JSONField()
    version = models.IntegerField(default=1)


class Manifest(models.Model):
    """A manifest that was screened, or one traveller (feed `traveller`): what it held as counts, never the travellers.

    `part` says which list of the flight it is; `content` is the digest of what it says, in any order; `kept_until` is
    null when its crossings were never kept; `again` counts how often the same came again; `relation` says what it is to
    the manifest that it `follows`; `silenced` counts who would have been a candidate but for a silence.
    """

    id = models.UUIDField(primary_key=True)
    post = models.TextField()
    name = models.TextField()
    digest = models.TextField()
    flight = models.TextField()
    departure = models.TextField()
    arrival = models.TextField()
    departs = models.TextField()
    arrives = models.TextField()
    travellers = models.IntegerField()
    crew = models.IntegerField()
    candidates = models.IntegerField()
    subjects = models.IntegerField()
    warnings = models.JSONField()
    screened_by = models.TextField()
    at = models.DateTimeField()
    version = models.IntegerField(default=1)
    feed = models.TextField(default="paxlst")
    part = models.TextField(default="")
    sender = models.TextField(default="")
    interchange = models.TextField(default="")
    prepared = models.TextField(default="")
    content = models.TextField(default="")
    generation = models.TextField(default="")
    compared = models.JSONField(default=list)
    threshold = models.FloatField(default=0)
    kept_until = models.DateTimeField(null=True)
    again = models.IntegerField(default=0)
    last_again = models.DateTimeField(null=True)
    relation = models.TextField(default="")
    follows = models.UUIDField(null=True)
    silenced = models.IntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["-at"], name="manifest_latest"),
            models.Index(fields=["post", "digest"], name="manifest_bytes"),
            models.Index(fields=["post", "flight", "departs"], name="manifest_flight"),
            models.Index(fields=["post", "feed", "-at"], include=["last_again"], name="manifest_feed"),
        ]
        # Two officers who send the same list at one moment: one of them is told that it is here.
        constraints = [
            models.UniqueConstraint(
                fields=["post", "content", "generation"], condition=~models.Q(content=""), name="manifest_once"
            )
        ]


class KeptManifest(models.Model):
    """A manifest (of the same id) whose crossings are kept until `expires`; `generation` is what they were last
    compared with, `roll` the names of all in their order, packed to be asked (`screening/roll.py`). Erasing it erases
    its crossings."""

    id = models.UUIDField(primary_key=True)
    post = models.TextField()
    feed = models.TextField()
    generation = models.TextField()
    at = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)
    roll = models.BinaryField(default=b"")
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["post", "generation"], name="kept_generation"),
            models.Index(fields=["post", "at"], name="kept_latest"),
        ]


class Crossing(models.Model):
    """A traveller of a kept manifest: the authority's register. `found` lists the subjects that became candidates;
    `travel` is null when the journey is the manifest's."""

    id = models.UUIDField(primary_key=True)
    kept = models.ForeignKey(KeptManifest, on_delete=models.CASCADE)
    position = models.IntegerField()
    traveller = models.JSONField()
    travel = models.JSONField(null=True)
    documents = models.JSONField(default=list)
    found = models.JSONField(default=list)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["kept", "position"], name="crossing_position"),
            models.Index(KeyTextTransform("birth_date", "traveller"), name="crossing_born"),
        ]


class Candidate(models.Model):
    """A traveller who may be a listed person, with the evidence; erased when its clock ends without a confirmation."""

    id = models.UUIDField(primary_key=True)
    manifest = models.UUIDField(db_index=True)
    post = models.TextField()
    unit = models.TextField()
    subject = models.TextField(db_index=True)
    traveller = models.JSONField()
    travel = models.JSONField()
    score = models.FloatField()
    evidence = models.JSONField()
    state = models.TextField()
    created = models.DateTimeField()
    expires = models.DateTimeField()
    version = models.IntegerField(default=1)
    rescreened = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "created"], name="candidate_state"),
            models.Index(KeyTextTransform("birth_date", "traveller"), name="candidate_born"),
            # What waits for an officer of a unit is few beside what was judged; what ends is counted from here alone.
            models.Index(
                fields=["unit", "expires"],
                condition=models.Q(state__in=("candidate", "disputed", "verifying")),
                name="candidate_open",
            ),
            models.Index(
                fields=["expires", "id"],
                include=["unit"],
                condition=~models.Q(state="confirmed"),
                name="candidate_ends",
            ),
        ]


class Judgement(models.Model):
    """What one officer said of a candidate, with the identifier that was compared."""

    id = models.UUIDField(primary_key=True)
    candidate = models.UUIDField(db_index=True)
    officer = models.TextField()
    verdict = models.TextField()
    identifier = models.TextField()
    remark = models.TextField()
    at = models.DateTimeField()
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["officer", "candidate"], name="judgement_officer")]


class Hit(models.Model):
    """A confirmed candidate: found here, or reported by the partner for a notice of ours."""

    id = models.UUIDField(primary_key=True)
    reference = models.TextField(unique=True)
    found_here = models.BooleanField()
    candidate = models.UUIDField(null=True, db_index=True)
    notice = models.TextField(db_index=True)
    owner = models.TextField()
    owner_unit = models.TextField()
    partner = models.TextField()
    plan = models.TextField()
    line = models.TextField()
    unit = models.TextField()
    message = models.TextField(default="")
    report = models.JSONField()
    state = models.TextField()
    at = models.DateTimeField()
    kept_until = models.DateTimeField(db_index=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="hit_latest")]


class ScoreMonth(models.Model):
    """How many travellers of a post and a feed had their best score counted in a month; kept until `expires`."""

    id = models.UUIDField(primary_key=True)
    post = models.TextField()
    feed = models.TextField()
    month = models.DateField()
    expires = models.DateTimeField(db_index=True)
    number = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["post", "feed", "month"], name="score_month")]


class ScoreCount(models.Model):
    """How many of a group had their best score in a step of a histogram, in a month; nothing of a person. The kind
    `all` has one group without a name."""

    id = models.UUIDField(primary_key=True)
    month = models.ForeignKey(ScoreMonth, on_delete=models.CASCADE)
    kind = models.TextField()
    group = models.TextField()
    step = models.IntegerField()
    number = models.IntegerField()


class Threshold(models.Model):
    """A threshold that was chosen for a post and a feed, with what was known then; never changed. What no other
    follows is in force.

    `one_in` is the rate that was chosen (0: the bits themselves); `follows` is the choice before; `told` holds what the
    node answered: travellers counted, alerts a day, recall, and the groups over twice the rate.
    """

    id = models.UUIDField(primary_key=True)
    post = models.TextField()
    feed = models.TextField()
    one_in = models.IntegerField()
    centibits = models.IntegerField()
    reason = models.TextField()
    follows = models.UUIDField(null=True)
    told = models.JSONField()
    by = models.TextField()
    at = models.DateTimeField()
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["follows"], name="threshold_follows")]
        # Two supervisors who choose at one moment: one of them is told that the other has.
        constraints = [
            models.UniqueConstraint(fields=["post", "feed", "follows"], nulls_distinct=False, name="threshold_once")
        ]
