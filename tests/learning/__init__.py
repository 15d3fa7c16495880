"""Tests: learning."""
