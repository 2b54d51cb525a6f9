"""Own lint rules, run by `make check`: see `tests/test_lint.py` for the rules broken on purpose."""
