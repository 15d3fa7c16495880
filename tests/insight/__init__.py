"""Tests: insight."""
