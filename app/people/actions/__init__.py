"""The verbs of the people room, one file per subject."""
