"""A process that ends with the one that started it, however that one ended.

Rule: a child of `mithaq node serve` never outlives it, and a server's worker never its server: the kernel sends
SIGKILL, which loses nothing and does nothing twice. Source: prctl(2), PR_SET_PDEATHSIG.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

SUPERVISOR = "MITHAQ_SUPERVISOR"
_PR_SET_PDEATHSIG = 1


def end_with_supervisor() -> None:
    """End with the supervisor that started this process; nothing where an operator started it alone."""
    if (pid := os.environ.get(SUPERVISOR, "")).isdigit():
        end_with(int(pid))


def end_with(parent: int) -> None:
    """End when `parent`, the process that started this one, ends; at once when it has ended already (SystemExit).

    The kernel watches the thread that started this process: it must be one that lasts as long as its process.
    """
    if sys.platform != "linux":
        return
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    # It may have ended before the kernel was asked: then this process has another parent by now.
    if os.getppid() != parent:
        raise SystemExit(1)
