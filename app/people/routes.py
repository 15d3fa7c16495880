"""The contents page of the people room."""

from app.people import policy, views
from app.people.presenters import SENTENCES
from app.web.room import Room

room = Room("people", __name__, sentences=SENTENCES)

room.form("/sign-in", "sign_in", views.sign_in, may=policy.anyone)
room.deed("/sign-out", "sign_out", views.sign_out, may=policy.anyone)
room.form("/forgotten", "forgotten", views.forgotten, may=policy.anyone)
room.form("/password/<token>", "choose_password", views.choose_password, may=policy.anyone)
