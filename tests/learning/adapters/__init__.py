"""Tests of the learning room's file formats."""
