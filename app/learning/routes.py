"""The contents page of the learning room."""

from app.web.room import Room

room = Room("learning", __name__, url_prefix="/learn")
