"""The contents page of the insight room."""

from app.web.room import Room

room = Room("insight", __name__, url_prefix="/hr")
