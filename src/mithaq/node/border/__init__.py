"""Border posts: manifests, candidates, the judgement of two officers, hits on both sides.

Rules: no adverse step from a score alone (safeguard 4); who is not a candidate is not kept.
Design: subjects, "Border posts" and "Wanted persons".
"""
