"""What speaks for and against a candidate, one kind a file.

Rule: missing evidence weighs nothing, contradicting evidence subtracts; a kind weighs columns of pairs and names the
reason by code, and the same function serves the score and its explanation.
"""
