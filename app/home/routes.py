"""The contents page of the home room."""

from app.web.room import Room

room = Room("home", __name__, url_prefix=None)
