"""Views of the sharing room."""
