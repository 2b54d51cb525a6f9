"""The exchange itself: plans in force, suspension of a line, the ledger with its proofs, receipts, dead letters."""
