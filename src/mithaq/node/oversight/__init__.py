"""Oversight: who read what, and why. Pages to search it come with the oversight issue."""
