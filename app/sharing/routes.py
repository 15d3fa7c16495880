"""The contents page of the sharing room."""

from app.sharing.views import following
from app.web.room import Room

room = Room("sharing", __name__, url_prefix=None)

room.street("/s/<code>", "follow", following.follow)
