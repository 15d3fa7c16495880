"""What we offer to learn: courses, enrolments, attempts, certificates and levels.

Words of this room: a *course version* is immutable and holds modules, lessons and the question bank in every language; an *enrolment*
is a person's time through one version; an *attempt* is one sitting of the quiz; an *item* is a question, a *distractor* a wrong
option; a *level* (Enthusiast, Professional, Spokesperson) is reached by passing its courses, and its *certificate* proves it.
"""
