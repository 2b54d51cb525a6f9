"""The transparency log: what was done, provable years later and offline, without holding what was said.

Rules: the tree is append-only and holds salted commitments, never content; no module here reads a database, a clock,
a network or a configuration. Design: exchange, "Ledger".
"""
