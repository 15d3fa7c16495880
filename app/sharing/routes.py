"""The contents page of the sharing room."""

from app.sharing import policy
from app.sharing.presenters.shares import holdings
from app.sharing.presenters.words import SENTENCES
from app.sharing.views import captions, composing, following, handing_over
from app.web.room import Room

room = Room("sharing", __name__, url_prefix=None, sentences=SENTENCES)

room.form("/share/<slug>", "compose", composing.compose, may=policy.signed_in)
room.deed("/share/<slug>/check", "check", composing.check, may=policy.signed_in, typed=True)
room.page("/shares", "shares", handing_over.shares, may=policy.signed_in)
room.page("/shares/<uuid>", "share", handing_over.share, may=policy.signed_in)
room.deed("/shares/<uuid>/posted", "posted", handing_over.posted, may=policy.signed_in, typed=True)
room.deed("/shares/<uuid>/not-posted", "not_posted", handing_over.not_posted, may=policy.signed_in)
room.street("/s/<code>", "follow", following.follow)

room.fill("preview.captions", captions.captions)
room.fill("story.share", handing_over.share_button)
room.fill("story.results", handing_over.story_results)
room.fill("home.shares", handing_over.read_on)
room.fill("course.passed", handing_over.way_to_stories)
room.fill("me.sections", handing_over.my_shares)

room.holds(holdings)
