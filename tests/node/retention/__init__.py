"""Tests of retention: rules, erasure, proofs, pages."""
