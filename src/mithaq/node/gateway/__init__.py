"""The partner's door: a small ASGI application behind TLS 1.3 with pinned client certificates.

Rule: it checks signatures and decides on envelopes, and cannot read a subject's table nor open a content.
Design: architecture, "Three processes, three database roles"; exchange, "Transport".
"""
