"""The contents page of the library room: what readers open, and the hub's desk."""

from flask_babel import lazy_gettext as _l

from app.library import policy
from app.library.presenters.sentences import SENTENCES
from app.library.views import reading
from app.web.room import Room

room = Room("library", __name__, url_prefix="/library", sentences=SENTENCES)

room.page("/", "magazine", reading.magazine, may=policy.signed_in)
room.page("/<slug>", "story", reading.story, may=policy.signed_in)
room.page("/pictures/<uuid>/<size>", "picture", reading.picture, may=policy.signed_in)
room.place(_l("Share"), "magazine", "share-2", may=policy.signed_in, order=30)
