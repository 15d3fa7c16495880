"""The verbs of the library room."""
