"""Reads of the library room: what readers see, what the hub works on, what fits which channel."""
