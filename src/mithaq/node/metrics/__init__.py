"""Metrics of a node for Prometheus: a page of text on loopback, off unless `[metrics]` says where.

Rule: a label is one of a few words and its value a code of this project or of the plan; no metric names a person, a
record or anything of a content. Source: issue 4, part 8; Prometheus documentation, "Exposition formats".
"""
