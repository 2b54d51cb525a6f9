"""`mithaq ...`: one file a command group; each file has `app = typer.Typer(...)`.

Clean stdout, progress on stderr. Exit codes: 0 ok, 1 finding, 2 usage, 3 refused, 4 partner unreachable, 5 bad input
(design: subjects, "What people like to have").
"""

from __future__ import annotations

import importlib
import sys

import typer

from mithaq.cli.exits import exit_code
from mithaq.errors import MithaqError

# A command group is loaded only when it is called, so that `mithaq plan check` does not wait for Django or numba.
GROUPS = (
    "plan", "keys", "ledger", "screen", "lists", "node", "people", "wanted", "border",
    "exchange", "retention", "oversight", "formats", "names", "search", "queue",
)  # fmt: skip


def main() -> None:
    """Run the command line. Errors of the tree become one line on stderr and their exit code."""
    app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
    wanted = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    for group in GROUPS if wanted not in GROUPS else (wanted,):
        try:
            module = importlib.import_module(f"mithaq.cli.{group}")
        except ModuleNotFoundError as missing:
            if missing.name != f"mithaq.cli.{group}":
                raise
            continue
        module.register(app)
    try:
        app()
    except MithaqError as error:
        typer.echo(f"mithaq: {error}", err=True)
        sys.exit(exit_code(error))
