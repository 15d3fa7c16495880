"""Views of the people room, one file per subject."""
