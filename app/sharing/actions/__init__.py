"""The verbs of the sharing room."""
