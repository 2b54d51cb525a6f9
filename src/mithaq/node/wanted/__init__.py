"""Wanted persons: notices of this authority and of its partners, and imported lists.

Rule: a notice is a request; the receiving party's law decides. Design: subjects, "Wanted persons".
"""
