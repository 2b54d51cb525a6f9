"""Oversight: who read whose data, why, and whether it was allowed; it reads every log and changes nothing."""
