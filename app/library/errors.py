"""Named refusals of the library room."""

from app.core.errors import Conflict, Invalid
from app.people.rules import Colleague


class Ambiguous(Invalid):
    """Several colleagues are called what was typed; `people` are those among whom to choose."""

    def __init__(self, people: tuple[Colleague, ...]) -> None:
        """`people` holds at least two."""
        super().__init__("story.contact_many", field="replies_by")
        self.people = people


class Unfinished(Invalid):
    """The story cannot go to review yet; `missing` names what it lacks, in the order of the form."""

    def __init__(self, missing: tuple[tuple[str, str], ...]) -> None:
        """`missing` holds pairs of a stable code and the form's field."""
        super().__init__("story.unfinished")
        self.missing = missing


class Overtaken(Conflict):
    """Somebody else changed or decided on the story since the page was opened."""

    def __init__(self) -> None:
        """No data: the page shows both versions."""
        super().__init__("story.overtaken")
