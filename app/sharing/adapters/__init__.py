"""File formats of the sharing room: the journal of clicks."""
