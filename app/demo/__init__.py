"""A make-believe organisation that is loaded only into an empty installation, and only when asked for.

It goes in by the same actions that people use, with moments in the past, so that what it shows could have happened.
"""
