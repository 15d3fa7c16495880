"""Reads of the learning room, a module for each thing read."""
