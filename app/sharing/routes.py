"""The contents page of the sharing room."""

from app.web.room import Room

room = Room("sharing", __name__, url_prefix=None)
