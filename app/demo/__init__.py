"""A make-believe organisation that is loaded only into an empty installation, and only when asked for."""
