"""Tests mirror app/."""
