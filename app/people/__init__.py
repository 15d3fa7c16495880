"""Who we are: persons, departments, roles, sign-in, audiences, privacy and the audit log.

Words of this room: a *person* is invited, active or has left; a *role grant* trusts a person with something, everywhere or in one
department; an *audience* is a rule that says whom something is meant for; an *audit entry* is the record of a privileged change.
"""
