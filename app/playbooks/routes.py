"""The contents page of the playbooks room."""

from app.web.room import Room

room = Room("playbooks", __name__, url_prefix="/policy")
