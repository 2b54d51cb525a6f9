"""The worker: holds the unit keys and the ledger key, opens and seals, delivers, writes the ledger."""
