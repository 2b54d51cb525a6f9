"""Tests of people, signing in and sessions."""
