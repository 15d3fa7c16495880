"""Views of the library room: reading, and the hub's desk."""
