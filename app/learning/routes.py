"""The contents page of the learning room."""

from flask_babel import lazy_gettext as _l

from app.learning import policy
from app.learning.presenters.holdings import holdings
from app.learning.presenters.naming import courses_named
from app.learning.presenters.words import SENTENCES
from app.learning.views import certificates, courses, lessons, me, media, questions, quiz
from app.web.room import Room

room = Room("learning", __name__, sentences=SENTENCES)

room.page("/learn/", "catalogue", courses.catalogue, may=policy.may_learn)
room.page("/learn/<slug>", "course", courses.course, may=policy.may_learn)
room.deed("/learn/<slug>/enrolments", "enrol", courses.enrol, may=policy.may_learn)
room.deed("/learn/<slug>/pause", "pause", courses.pause, may=policy.may_learn)
room.deed("/learn/<slug>/return", "resume", courses.resume, may=policy.may_learn)
room.deed("/learn/<slug>/departure", "leave", courses.leave, may=policy.may_learn)

room.page("/learn/media/<name>", "media", media.media, may=policy.may_learn)
room.page("/learn/<slug>/<name>", "lesson", lessons.lesson, may=policy.may_learn)
room.deed("/learn/<slug>/<name>/done", "finish", lessons.finish, may=policy.may_learn)

room.deed("/learn/<slug>/attempts", "start", quiz.start, may=policy.may_learn)
room.page("/learn/<slug>/attempts/<uuid:uuid>", "attempt", quiz.attempt, may=policy.may_learn)
room.page("/learn/<slug>/attempts/<uuid:uuid>/next", "go_on", quiz.go_on, may=policy.may_learn)
room.form("/learn/<slug>/attempts/<uuid:uuid>/<int:place>", "question", quiz.question, may=policy.may_learn)
room.deed("/learn/<slug>/attempts/<uuid:uuid>/<int:place>/kept", "keep", quiz.keep, may=policy.may_learn)
room.deed("/learn/<slug>/attempts/<uuid:uuid>/submission", "submit", quiz.submit, may=policy.may_learn)

room.page("/learn/certificates/<uuid:uuid>", "certificate", certificates.certificate, may=policy.may_learn)
room.page("/learn/certificates/<uuid:uuid>/certificate.pdf", "certificate_pdf", certificates.certificate_pdf, may=policy.may_learn)
room.deed("/learn/certificates/<uuid:uuid>/sharing", "share", certificates.share, may=policy.may_learn)
room.deed("/learn/certificates/<uuid:uuid>/sharing/end", "stop_sharing", certificates.stop, may=policy.may_learn)
room.page("/verify", "verify", certificates.verify, may=policy.may_verify)
room.page("/verify/<code>", "verification", certificates.verification, may=policy.may_verify)

room.page("/hub/quizzes", "quizzes", questions.quizzes, may=policy.may_read_tallies)
room.page("/hub/quizzes/<slug>", "questions", questions.questions, may=policy.may_read_tallies)

room.place(_l("Learn"), "catalogue", "book-open", may=policy.may_learn, order=20)
room.fill("me.sections", me.sections)
room.fill("hub.actions", questions.door)
room.holds(holdings)
room.names("course", courses_named)
