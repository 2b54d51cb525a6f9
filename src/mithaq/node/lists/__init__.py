"""Lists of persons that others publish: the UN, OFAC, the EU, an authority's own.

Rule: a listed person is a subject of screening and nothing more; what follows from a hit is the authority's own law.
Design: screening; issue 3, "Lists as subjects".
"""
