"""What it adds up to: completion for HR, totals for managers, exports.

Words of this room: a *cell* is one department × country × course with its counts; *completed* means passed and not lapsed; a group smaller
than *k* people is not shown.
"""
