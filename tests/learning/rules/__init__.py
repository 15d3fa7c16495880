"""Tests of the learning room's pure rules."""
