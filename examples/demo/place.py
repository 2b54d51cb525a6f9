"""The directory of a run: made anew each time, one demo at a time, and what lies where in it.

Rule: nothing outside this directory is written, and a directory that is not a demo's is never emptied.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path
from typing import IO

from examples.demo.commands import CommandFailed

LOCK = "demo.lock"


def take(folder: Path) -> IO[str]:
    """Make the directory empty and hold it until the returned file is closed. CommandFailed when it is not free."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not (folder / LOCK).exists():
        raise CommandFailed(f"{folder} holds something that is no demo's: name another directory with --dir.")
    lock = (folder / LOCK).open("w", encoding="utf8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise CommandFailed(f"Another demo runs in {folder}: stop it, or name another directory with --dir.") from None
    _refuse_running(folder)
    for path in folder.iterdir():
        if path.name != LOCK:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def _refuse_running(folder: Path) -> None:
    """A demo that was killed may have left a database behind: its files are not taken away under it."""
    for pid_file in folder.glob("*/pg/postmaster.pid"):
        pid = pid_file.read_text(encoding="utf8").partition("\n")[0].strip()
        command = Path(f"/proc/{pid}/cmdline")
        if pid.isdigit() and command.exists() and str(pid_file.parent).encode() in command.read_bytes():
            raise CommandFailed(f"A database of an earlier demo still runs as process {pid}: end it, then try again.")
