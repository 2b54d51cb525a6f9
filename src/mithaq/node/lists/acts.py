"""The acts of lists: import one, let it take effect, discard it, and ask for its refresh."""

from __future__ import annotations

from mithaq.node.lists.asking import ASK
from mithaq.node.lists.importing import IMPORT
from mithaq.node.lists.moving import CONFIRM, DISCARD

ACTS = (IMPORT, CONFIRM, DISCARD, ASK)
