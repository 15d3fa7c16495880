"""The contents page of the playbooks room."""

from app.playbooks import policy, views
from app.playbooks.presenters import SENTENCES, policies_named
from app.web.room import Room

room = Room("playbooks", __name__, url_prefix="/policy", sentences=SENTENCES)

room.page("", "policy", views.policy, may=policy.may_read_policy)

room.fill("plain.foot", views.policy_link)
room.fill("me.settings", views.policy_row)
room.names("policy", policies_named)
