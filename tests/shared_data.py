"""Published real material that lies beside the project; a test that needs it fails when it is missing, never skips."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1].parent / "shared"


def shared(path: str) -> Path:
    """The path of a file of the shared material, e.g. `shared("data/border/mrz_specimens.txt")`."""
    found = ROOT / path
    if not found.exists():
        raise AssertionError(f"this test needs ../shared/{path} beside the project, and it is missing")
    return found
