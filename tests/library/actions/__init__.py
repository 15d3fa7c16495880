"""Tests: library, actions."""
