"""`python -m mithaq.cli`: the same as the `mithaq` command, for processes that start others."""

from mithaq.cli import main

main()
