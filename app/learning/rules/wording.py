"""The words that directives and footnotes print in a lesson: they belong to the lesson's language, not to the reader's interface."""

from collections.abc import Mapping
from typing import Final

DIRECTIVES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "scenario": "What would you do?",
        "best": "The strongest choice",
        "fair": "Not wrong, and there is a better way",
        "poor": "This one hurts",
        "sources": "Sources",
        "source": "Source {number}",
        "back": "Back to the text",
    },
    "nl": {
        "scenario": "Wat zou jij doen?",
        "best": "De sterkste keuze",
        "fair": "Niet verkeerd, en het kan beter",
        "poor": "Hier gaat het mis",
        "sources": "Bronnen",
        "source": "Bron {number}",
        "back": "Terug naar de tekst",
    },
}

PREVIEW: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {"minutes": "minutes", "version": "version", "news": "What is new", "questions": "Questions"},
    "nl": {"minutes": "minuten", "version": "versie", "news": "Wat er nieuw is", "questions": "Vragen"},
}
"""The few words of a preview, which an author reads in the language of the course."""
