"""The directory of a run: made anew each time, one demo at a time, and what lies where in it.

Rule: nothing outside this directory is written, and a directory that is not a demo's is never emptied.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
from pathlib import Path
from typing import IO

from examples.demo.commands import CommandFailed

LOCK = "demo.lock"


def take(folder: Path) -> IO[str]:
    """Make the directory empty and hold it until the returned file is closed. CommandFailed when it is not free."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not (folder / LOCK).exists():
        raise CommandFailed(f"{folder} holds something that is no demo's: name another directory with --dir.")
    lock = (folder / LOCK).open("a", encoding="utf8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _refuse_running(folder)
    except BlockingIOError:
        lock.close()
        raise CommandFailed(f"Another demo runs in {folder}: stop it, or name another directory with --dir.") from None
    except CommandFailed:
        lock.close()
        raise
    for path in folder.iterdir():
        if path.name != LOCK:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    return lock


def end_database(folder: Path) -> bool:
    """End the database of a node's directory if one still runs; whether it did."""
    pid = _database(folder / "pg" / "postmaster.pid")
    if pid:
        os.kill(pid, signal.SIGINT)  # PostgreSQL's fast shutdown: sessions are ended, nothing is lost
    return bool(pid)


def _refuse_running(folder: Path) -> None:
    """A demo that was killed may have left a database behind: its files are not taken away under it."""
    for pid_file in folder.glob("*/pg/postmaster.pid"):
        if pid := _database(pid_file):
            raise CommandFailed(f"A database of an earlier demo still runs as process {pid}: end it, then try again.")


def _database(pid_file: Path) -> int:
    """The process id of the database that wrote this file, 0 when it runs no more."""
    if not pid_file.exists():
        return 0
    pid = pid_file.read_text(encoding="utf8").partition("\n")[0].strip()
    command = Path(f"/proc/{pid}/cmdline")
    own = pid.isdigit() and command.exists() and os.fsencode(pid_file.parent) in command.read_bytes()
    return int(pid) if own else 0
