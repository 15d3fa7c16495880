"""Tests: library, rules."""
