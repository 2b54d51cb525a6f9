"""What Mithaq measures of itself, each figure beside a reference that is measured in the same run.

Rule: a module with `NAME` and `run() -> list[Figure]` is a bench, found by `python -m bench [PREFIX]`; nothing here is
imported by the product. Document: issue 2, "Numbers".
"""
