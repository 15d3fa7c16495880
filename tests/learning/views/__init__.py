"""Tests of the learning room's pages."""
