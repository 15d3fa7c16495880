"""The contents page of the library room."""

from app.web.room import Room

room = Room("library", __name__, url_prefix="/library")
