"""Why a row of a file cannot be taken."""

from portal.domain.errors import DomainError, Invalid
from portal.domain.sentences import say

BROKEN = say(
    "This line cannot be divided into cells: a quotation mark opens a text and none closes it, or "
    "something follows the one that closes. Put texts between quotation marks, and double those inside."
)
UNEXPECTED = [
    ("line", say("The portal failed at this line, and the operator finds it in the log. Import it again later."))
]


def of_error(error: DomainError, usual: str) -> list[tuple[str, str]]:
    """(field, sentence) each. A broken rule is one reason, whichever fields it names."""
    if isinstance(error, Invalid) and not error.steps:
        return error.errors
    return [(getattr(error, "field", None) or usual, error.sentence)]


def refuse_more_cells(cells: list[str], columns: int) -> None:
    """Raise Invalid for a line with more cells than the file has columns."""
    if any(cell.strip() for cell in cells[columns:]):
        raise Invalid(
            "line",
            say(
                "The line has more cells ({cells}) than the file has columns ({columns}). Put texts that hold the "
                "separator between quotation marks.",
                cells=len(cells),
                columns=columns,
            ),
        )
