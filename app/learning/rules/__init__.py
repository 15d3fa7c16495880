"""Pure decisions of the learning room: what a course is, how a quiz is drawn and scored, what a level asks."""

from typing import Final

LEVELS: Final = ("enthusiast", "professional", "spokesperson")
"""From the first to the highest."""
LANGUAGES: Final = ("en", "nl")
"""Every course speaks all of these."""
