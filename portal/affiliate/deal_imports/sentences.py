"""What pages of an import say that depends on its state and counts: whole sentences with named parameters."""

from portal.domain.affiliate.imports.tables import DealImport
from portal.domain.importing.words import CANCELED, CHECKED, DONE
from portal.domain.sentences import counted, say
from portal.domain.typed import numbers
from portal.web.imported import columns_left_out as columns_left_out
from portal.web.imported import letters_are_read as letters_are_read
from portal.web.imported import reading as reading
from portal.web.imported import stops as stops
from portal.web.imported import uploaded as uploaded


def announced(found: DealImport) -> str | None:
    """What a screen reader hears when the worker is through with it."""
    return {CHECKED: _checked(found), DONE: say("The import is done."), CANCELED: say("The import is canceled.")}.get(
        found.state
    )


def _checked(found: DealImport) -> str:
    return say(
        "The file is checked. {good}, {bad}.",
        good=counted(_good(found), "1 deal can be imported", "{number} deals can be imported"),
        bad=counted(found.bad, "1 line is bad", "{number} lines are bad"),
    )


def failing(found: DealImport) -> str:
    """How many deals have failed while it is carried out."""
    return counted(found.failed, "1 deal failed so far.", "{number} deals failed so far.")


def of_good(found: DealImport) -> str:
    """Of how many lines it is told what was imported."""
    return counted(_good(found), "Of 1 good line", "Of {number} good lines")


def confirm(found: DealImport) -> str:
    """What the button does."""
    return counted(_good(found), "Import 1 deal", "Import {number} deals")


def nothing_good(found: DealImport) -> str:
    """Why nothing would be imported, and what to do."""
    if found.bad:
        return say("Mend the lines below and upload the file again, or check it again once the catalog is mended.")
    return say("Everything in it is in the portal already.")


def sums_are_read(found: DealImport) -> str | None:
    """How the sums of the file are read, where it has any."""
    sign = found.decimal_sign or found.found_sign
    return say("Sums are read as {sums}.", sums=numbers.EXAMPLES[sign]) if sign and "cost" in found.mapping else None


def canceled(found: DealImport) -> str:
    """What became of the lines of a canceled import that were good."""
    if found.done:
        return counted(
            _left(found),
            "1 good line was not imported. What was imported before stays.",
            "{number} good lines were not imported. What was imported before stays.",
        )
    return counted(
        _left(found),
        "1 good line was not imported. No deal was touched.",
        "{number} good lines were not imported. No deal was touched.",
    )


def lost(found: DealImport) -> list[str]:
    """What canceling means, for the question before it."""
    left, done = _left(found), found.done
    not_imported = counted(
        left, "1 deal that could be imported is not", "{number} deals that could be imported are not"
    )
    stays = counted(
        done, "1 deal that was imported stays as imported", "{number} deals that were imported stay as imported"
    )
    return [
        *([not_imported] if left else []),
        say("It cannot be taken up again; the file can be uploaded again"),
        *([stays] if done else []),
    ]


def _good(found: DealImport) -> int:
    return found.new + found.changed


def _left(found: DealImport) -> int:
    return _good(found) - found.done - found.failed
