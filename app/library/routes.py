"""The contents page of the library room: what readers open, and the hub's desk."""

from flask_babel import lazy_gettext as _l

from app.library import policy
from app.library.adapters.pictures import MOST_BYTES
from app.library.presenters.holdings import held_about
from app.library.presenters.naming import stories_named, topics_named
from app.library.presenters.sentences import SENTENCES
from app.library.views import channels, colleagues, hub, pictures, previews, reading, reviewing, writing
from app.web.room import Room

room = Room("library", __name__, url_prefix="/library", sentences=SENTENCES)

room.page("/", "magazine", reading.magazine, may=policy.signed_in)
room.page("/<slug>", "story", reading.story, may=policy.signed_in)
room.page("/pictures/<uuid>/<size>", "picture", reading.picture, may=policy.signed_in)
room.place(_l("Share"), "magazine", "share-2", may=policy.signed_in, order=30)
room.holds(held_about)
room.names("story", stories_named)
room.names("topic", topics_named)

hub_room = Room("hub", __name__, url_prefix="/hub")

hub_room.page("/", "boards", hub.boards, may=policy.may_enter_hub)
hub_room.form("/stories/new", "write", writing.write, may=policy.may_write)
hub_room.form("/stories/<uuid>", "edit", writing.edit, may=policy.may_write)
hub_room.form("/stories/<uuid>/sending", "send", writing.send, may=policy.may_write)
hub_room.form("/stories/<uuid>/picture", "picture", pictures.picture, may=policy.may_write, most_bytes=MOST_BYTES + 100_000)
hub_room.deed("/stories/<uuid>/picture/removal", "remove_picture", pictures.remove_picture, may=policy.may_write)
hub_room.deed("/preview", "preview", previews.preview, may=policy.may_write)
hub_room.deed("/stories/<uuid>/preview", "preview_of", previews.preview_of, may=policy.may_write)
hub_room.page("/colleagues", "colleagues", colleagues.colleagues, may=policy.may_write)
hub_room.page("/reviews/<uuid>", "review", reviewing.review, may=policy.may_enter_hub)
hub_room.deed("/reviews/<uuid>/approval", "approve", reviewing.approve, may=policy.may_review_something)
hub_room.deed("/reviews/<uuid>/question", "ask", reviewing.ask, may=policy.may_review_something, typed=True)
hub_room.deed("/stories/<uuid>/return", "take_back", reviewing.take_back, may=policy.may_write)
hub_room.deed("/stories/<uuid>/retirement", "retire", reviewing.retire, may=policy.may_write)
hub_room.deed("/stories/<uuid>/recall", "recall", reviewing.recall, may=policy.may_steer, typed=True)
hub_room.deed("/stories/<uuid>/reopening", "reopen", reviewing.reopen, may=policy.may_write)
hub_room.page("/channels", "channels", channels.channels, may=policy.may_enter_hub)
hub_room.deed("/channels/<topic>/<network>", "judge", channels.judge, may=policy.may_steer, typed=True)
hub_room.deed("/topics", "new_topic", channels.new_topic, may=policy.may_steer, typed=True)
hub_room.place(_l("Hub"), "boards", "layout-list", may=policy.may_enter_hub, order=110, desk=True)
