"""Tests of the learning room's verbs."""
