"""The API for the authority's own systems: the same acts and reads as pages and commands, over JSON, by token.

Rule: nothing can be done or read here that the plan, the roles and the access log do not hold as on a page.
Design: architecture, "Three processes" and "One definition"; issue 3, point 4. Described in docs/api.md.
"""
