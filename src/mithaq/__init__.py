"""Mithaq (ميثاق, pact): sovereign authorities act together on a plan that both have signed."""
