"""Socii: an internal social media university joined to a library of content worth sharing."""
