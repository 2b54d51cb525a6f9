"""The demo: two nodes, one signed plan, 200 notices, a manifest of 300, five listed persons among them.

Rule: it acts only through the command line (`python -m mithaq.cli ...`) and the consoles' pages (HTTP); it imports
nothing of `mithaq.node` and writes to no database. Every person in it is invented. Run it with `make demo`.
"""
