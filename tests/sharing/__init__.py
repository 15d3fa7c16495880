"""Tests: sharing."""
