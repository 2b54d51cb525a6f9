"""The action plan: the signed document that is the policy, and the decision on every act under it.

Rule: everything here is pure. The same plans, act and moment give the same answer on every machine; no clock, no
network, no file. Design: architecture, "One idea: the signed plan is the policy".

    locate.py      the line of every key of a TOML text       problems.py    what is wrong in a document, all of it
    reading.py     tables to checked values                   building.py    tables to a `Plan`
    clauses.py     what a line permits and prohibits          references.py  ids unique, references resolved
    parts.py       what a plan is made of, frozen values      form.py        a `Plan` back to plain JSON values
    document.py    the door: read, canonical bytes, digest
    signing.py     signatures of all parties                  pinning.py     root keys into a draft
    instruments.py what a decision reads and answers          decide.py      decide
    grounds.py     every ground of refusal                    conditions.py  one condition for each dimension of an act
"""
