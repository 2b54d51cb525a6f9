"""Storage of posts, manifests, candidates, judgements and hits."""

from __future__ import annotations

from django.db import models


class Post(models.Model):
    """A border post: its UN/LOCODE or own code, its kind and its names in four languages."""

    id = models.TextField(primary_key=True)
    unit = models.TextField()
    kind = models.TextField()
    names = models.JSONField()
    version = models.IntegerField(default=1)


class Manifest(models.Model):
    """A manifest that was screened: what it held as counts; the travellers themselves are not kept."""

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

    class Meta:
        indexes = [models.Index(fields=["-at"], name="manifest_latest")]


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

    class Meta:
        indexes = [models.Index(fields=["state", "created"], name="candidate_state")]


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


class Hit(models.Model):
    """A confirmed candidate: found here, or reported by the partner for a notice of ours."""

    id = models.UUIDField(primary_key=True)
    reference = models.TextField(unique=True)
    found_here = models.BooleanField()
    candidate = models.UUIDField(null=True)
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
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="hit_latest")]
