"""The contents page of the insight room."""

from flask_babel import lazy_gettext as _l

from app.insight import policy
from app.insight.presenters.naming import exports_named
from app.insight.presenters.saved import holdings
from app.insight.presenters.words import SENTENCES
from app.insight.views import certificates, completion, exports, lapsing, people, saved, team, trend
from app.web.room import Room

room = Room("insight", __name__, sentences=SENTENCES)

room.page("/hr/completion", "completion", completion.completion, may=policy.may_report)
room.deed("/hr/completion/view", "keep_view", completion.keep_view, may=policy.may_report)
room.deed("/hr/completion.csv", "completion_csv", exports.completion_csv, may=policy.may_report)
room.page("/hr/completion/trend", "trend", trend.trend, may=policy.may_report)
room.page("/hr/completion/views", "views", saved.views, may=policy.may_report)
room.form("/hr/completion/views/new", "new_view", saved.new_view, may=policy.may_report)
room.form("/hr/completion/views/<uuid>", "rename_view", saved.rename, may=policy.may_report)
room.deed("/hr/completion/views/<uuid>/removal", "remove_view", saved.remove, may=policy.may_report)
room.page("/hr/people", "people", people.people, may=policy.may_report)
room.deed("/hr/people.csv", "people_csv", exports.people_csv, may=policy.may_report)
room.form("/hr/people/<uuid>/why", "why", people.why, may=policy.may_report)
room.page("/hr/people/<uuid>", "record", people.record, may=policy.may_report)
room.page("/hr/people/<uuid>/certificates/<certificate>", "certificate", certificates.certificate, may=policy.may_report)
room.form("/hr/people/<uuid>/certificates/<certificate>/revocation", "revoke", certificates.revoke, may=policy.may_report)
room.form("/hr/people/<uuid>/certificates/<certificate>/reinstatement", "reinstate", certificates.reinstate, may=policy.may_report)
room.page("/hr/lapsing", "lapsing", lapsing.lapsing, may=policy.may_report)
room.deed("/hr/lapsing.csv", "lapsing_csv", exports.lapsing_csv, may=policy.may_report)
room.page("/hr/certificates", "certificates", lapsing.certificates, may=policy.may_report)
room.page("/team", "team", team.team, may=policy.may_lead)

room.place(_l("Team"), "team", "users", may=policy.may_lead, order=70, desk=True)
room.place(_l("HR"), "completion", "chart-column", may=policy.may_report, order=80, desk=True, under="/hr")
room.holds(holdings)
room.names("export", exports_named)
