"""File formats of the learning room: a course's folder and its pictures."""
