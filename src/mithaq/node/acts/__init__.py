"""The one road that every act takes: definition, decision, effects, ledger leaf, outbox, inbox, receipts.

Rule: writes to the database stand only in this package (and migrations); subjects return frozen `Effects`.
Design: architecture, "The road".
"""
