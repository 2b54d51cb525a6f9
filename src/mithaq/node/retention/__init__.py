"""The retention pages: what ends next, what is overdue, what was erased and the proof of it."""
