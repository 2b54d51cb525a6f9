"""What waits on the road, and since when: for whoever watches a node.

Rule: ages go by the node's clock; nothing here names a record. Design: architecture, "The road".
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from mithaq.node.acts.models import Inbox, Leaf, Outbox, Receipt, Wish


def queues() -> dict[str, QuerySet[Any, datetime]]:
    """When each thing came that waits, oldest first, by queue: wishes, outbox, inbox, receipts, leaves."""
    undelivered = Receipt.objects.filter(outgoing=True, delivered=False)
    return {
        "wishes": Wish.objects.filter(state="open").order_by("created").values_list("created", flat=True),
        "outbox": Outbox.objects.filter(state="waiting").order_by("created").values_list("created", flat=True),
        "inbox": Inbox.objects.filter(state="accepted").order_by("at").values_list("at", flat=True),
        "receipts": undelivered.order_by("at").values_list("at", flat=True),
        "leaves": Leaf.objects.filter(index=None).order_by("at").values_list("at", flat=True),
    }
