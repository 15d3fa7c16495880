"""The contents page of the people room."""

from flask_babel import lazy_gettext as _l

from app.people import policy
from app.people.presenters.auditing import departments_named, files_named
from app.people.presenters.me import holdings
from app.people.presenters.words import SENTENCES
from app.people.views import departments, directory, importing, me, signing_in
from app.web.room import Room

room = Room("people", __name__, sentences=SENTENCES)

room.form("/sign-in", "sign_in", signing_in.sign_in, may=policy.anyone)
room.deed("/sign-out", "sign_out", signing_in.sign_out, may=policy.anyone)
room.form("/forgotten", "forgotten", signing_in.forgotten, may=policy.anyone)
room.form("/password/<token>", "choose_password", signing_in.choose_password, may=policy.anyone)

room.page("/me", "me", me.me, may=policy.signed_in)
room.form("/me/settings", "settings", me.settings, may=policy.signed_in)
room.form("/me/password", "password", me.password, may=policy.signed_in)
room.deed("/me/sessions/<uuid>/end", "end_session", me.end_session, may=policy.signed_in)
room.page("/me/everything", "everything", me.everything, may=policy.signed_in)
room.page("/me/everything.json", "everything_json", me.everything_json, may=policy.signed_in)

room.page("/admin/people", "people", directory.people, may=policy.may_administer)
room.form("/admin/people/new", "add_person", directory.add_person, may=policy.may_administer)
room.form("/admin/people/<uuid>", "person", directory.person, may=policy.may_administer)
room.deed("/admin/people/<uuid>/roles", "grant", directory.grant, may=policy.may_administer)
room.deed("/admin/people/<uuid>/roles/<int:grant_id>/revoke", "revoke", directory.revoke, may=policy.may_administer)
room.deed("/admin/people/<uuid>/deactivate", "deactivate", directory.deactivate, may=policy.may_administer)
room.deed("/admin/people/<uuid>/reactivate", "reactivate", directory.reactivate, may=policy.may_administer)
room.deed("/admin/people/<uuid>/invite", "invite", directory.invite, may=policy.may_administer)
room.form("/admin/departments", "departments", departments.departments, may=policy.may_administer)
room.form("/admin/departments/<slug>", "department", departments.department, may=policy.may_administer)
room.deed("/admin/departments/<slug>/removal", "remove_department", departments.remove, may=policy.may_administer)
room.form("/admin/import", "bring", importing.bring, may=policy.may_administer, most_bytes=importing.MOST_BYTES)
room.page("/admin/import/<uuid>", "upload", importing.upload, may=policy.may_administer)
room.deed("/admin/import/<uuid>/confirm", "confirm_upload", importing.confirm, may=policy.may_administer)
room.page("/admin/audit", "audit_log", importing.audit_log, may=policy.may_read_audit)

room.place(_l("Me"), "me", "user", may=policy.signed_in, order=50)
room.place(_l("Admin"), "people", "settings", may=policy.may_administer, order=90, desk=True, under="/admin")
room.holds(holdings)
room.names("department", departments_named)
room.names("upload", files_named)
