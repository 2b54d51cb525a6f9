"""Bytes to values and back, one file a format. An engine: no Django, database, clock, network or configuration.

Rule: any bytes give a value, with warnings, or an InputError; nothing else, in bounded time and memory.
Design: architecture, "Layout" and "The road" (Border).
"""
