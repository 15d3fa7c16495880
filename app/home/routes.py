"""The contents page of the home room."""

from flask_babel import lazy_gettext as _l

from app.home import policy, views
from app.web.room import Room

room = Room("home", __name__)

room.page("/", "index", views.index, may=policy.signed_in)
room.page("/search", "search", views.search, may=policy.signed_in)

room.fill("learn.search", views.search_box)
room.fill("library.search", views.search_box)
room.place(_l("Home"), "index", "house", may=policy.signed_in, order=10)
