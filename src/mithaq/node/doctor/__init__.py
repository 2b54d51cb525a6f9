"""What is wrong with this node and what to do: the checks behind `mithaq node doctor`.

Rule: the doctor looks and changes nothing; it sends no content, and names no person. Source: issue 4, part 8.
"""
