"""The memory that a reader takes for hostile bytes.

Rule: the measure is the highest resident size of a process, less what it takes before it reads. The process is ended
when it takes more processor time than any of these needs by far, however long it waits for its turn.
"""

from __future__ import annotations

import contextlib
import re
import resource
from pathlib import Path
from typing import Any

from mithaq.errors import InputError


def taken(imports: str, data: str) -> int:
    """Megabytes for reading `data` (an expression) by the `read` of `imports`; in a process that does nothing else."""
    names: dict[str, Any] = {}
    exec(imports, names)
    made = eval(data, names)
    before = _peak()
    resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
    with contextlib.suppress(InputError):
        names["read"](made)
    return (_peak() - before) // 1024


def _peak() -> int:
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found
    return int(found[1])
