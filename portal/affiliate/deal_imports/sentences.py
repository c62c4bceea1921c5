"""What pages of an import say that depends on its state and counts: whole sentences with named parameters."""

from portal.domain.affiliate.imports.tables import DealImport
from portal.domain.affiliate.imports.words import CANCELED, CHECKED, DONE
from portal.domain.sentences import counted, say
from portal.domain.typed import numbers


def uploaded(found: DealImport, names: dict[str, str]) -> str:
    """Who brought the file, and who said that it be imported."""
    who = names.get(found.actor) or say("the portal")
    if not found.confirmed_at:
        return say("Uploaded by {name}", name=who)
    return say(
        "Uploaded by {name}, confirmed by {other}",
        name=who,
        other=names.get(found.confirmed_by or "") or say("the portal"),
    )


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


def reading(found: DealImport) -> str:
    """How far the file is read."""
    return counted(found.total, "Reading the file: 1 line so far.", "Reading the file: {number} lines so far.")


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


def columns_left_out(names: list[str]) -> str:
    """Which columns are not imported; one without a name is shown as an empty one."""
    named = ", ".join(f"“{name or ' '}”" for name in names)
    return counted(len(names), "Not imported: the column {names}.", "Not imported: the columns {names}.", names=named)


def sums_are_read(found: DealImport) -> str | None:
    """How the sums of the file are read, where it has any."""
    sign = found.decimal_sign or found.found_sign
    return say("Sums are read as {sums}.", sums=numbers.EXAMPLES[sign]) if sign and "cost" in found.mapping else None


def letters_are_read(found: DealImport) -> str | None:
    """What the letters of a file were taken for that says nothing of it itself."""
    name = {"cp1251": say("Cyrillic"), "cp1252": say("Western")}.get(found.letters or "")
    return name and say(
        "The letters of this file are no Unicode. They are read as {name} ones of Windows; look whether names and comments "
        "are right, else save it as “CSV UTF-8” and upload it again.",
        name=name,
    )


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


def stops(found: DealImport) -> str:
    """What the question before canceling says first."""
    return say("The import of {file_name} stops at once.", file_name=found.file_name)


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
