"""The node of the benches at the promised size: 100,000 notices, 1,000,000 candidates, 10,000,000 rows of access.

Prepared once in a directory of its own, which stays (`MITHAQ_BENCH_DATA` names it; else it is in the directory for
temporary files), and is used by every bench that asks for this size. `BENCH_SCALE=0.01` prepares and uses a hundredth
beside it. The node's clock goes on from the last row's moment at each start.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.node.authorities import NOW, world
from tests.node.nodes import RunningNode, free_port, set_up

from mithaq.node import database
from mithaq.node.config import read_config

SCALE = float(os.environ.get("BENCH_SCALE", "1"))
HOME = Path(os.environ.get("MITHAQ_BENCH_DATA", Path(tempfile.gettempdir()) / "mithaq-bench"))
# Counted up when what is prepared changes: a directory of another number is made anew.
VERSION = 2


def directory(scale: float = SCALE) -> Path:
    """Where the prepared node of this size lies."""
    return HOME / f"{scale:g}"


@contextmanager
def node(scale: float = SCALE) -> Iterator[RunningNode]:
    """The prepared node, brought to the present version of the tables; its database runs, its processes do not."""
    folder = directory(scale)
    if not _is_ready(folder):
        _prepare(folder, scale)
    path = folder / "node.toml"
    _clock(path)
    found = RunningNode(world().be, folder, read_config(path))
    database.start_embedded(found.config)
    try:
        found.cli("node", "init", "--config", str(path))
        yield found
    finally:
        found.stop()
        database.stop_embedded(found.config)


def _is_ready(folder: Path) -> bool:
    mark = folder / "ready"
    return mark.exists() and mark.read_text(encoding="utf8") == str(VERSION)


def _prepare(folder: Path, scale: float) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    print(f"preparing a node of {scale:g} of the promised size in {folder}, once", file=sys.stderr)
    began = time.monotonic()
    doors = {one.id: (free_port(), free_port()) for one in (world().ma, world().be)}
    made = set_up(folder, world().be, doors, world())
    try:
        command = [sys.executable, "-m", "bench.scale_fill", str(made.config.path), str(scale)]
        subprocess.run(command, check=True)
    finally:
        database.stop_embedded(made.config)
    (folder / "ready").write_text(str(VERSION), encoding="utf8")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**30
    print(f"prepared in {time.monotonic() - began:.0f} s, {size:.1f} GiB", file=sys.stderr)


def _clock(path: Path) -> None:
    """A free port for the console, and a clock that goes on from the last moment of what was prepared."""
    lines = path.read_text(encoding="utf8").splitlines()
    lines = [line for line in lines if not line.startswith(("[clock]", "starts =", "anchor ="))]
    place = lines.index("[console]")
    lines[place + 1] = f"port = {free_port()}"
    clock = ["[clock]", f'starts = "{NOW.isoformat()}"', f'anchor = "{datetime.now(UTC).isoformat()}"']
    path.write_text("\n".join([*lines, *clock]) + "\n", encoding="utf8")
