"""What pages of an import say that depends on its state and counts: whole sentences with named parameters."""

from portal.domain.cards.imports.files import BALANCES
from portal.domain.cards.imports.rows import SKIP
from portal.domain.cards.imports.tables import CardImport
from portal.domain.cards.imports.undoing import HOW_MANY
from portal.domain.importing.words import CANCELED, CHECKED, DONE, UNDONE
from portal.domain.sentences import counted, say
from portal.domain.typed import numbers
from portal.web.imported import columns_left_out as columns_left_out
from portal.web.imported import letters_are_read as letters_are_read
from portal.web.imported import reading as reading
from portal.web.imported import stops as stops
from portal.web.imported import uploaded as uploaded


def announced(found: CardImport) -> str | None:
    """What a screen reader hears when the worker is through with it."""
    told = {CHECKED: _checked(found), DONE: say("The import is done."), CANCELED: say("The import is canceled.")}
    return (told | {UNDONE: undone(found)}).get(found.state)


def _checked(found: CardImport) -> str:
    return say(
        "The file is checked. {good}, {bad}.",
        good=counted(_good(found), "1 line can be imported", "{number} lines can be imported"),
        bad=counted(found.bad, "1 line is bad", "{number} lines are bad"),
    )


def failing(found: CardImport) -> str:
    """How many lines have failed while it is carried out."""
    return counted(found.failed, "1 line failed so far.", "{number} lines failed so far.")


def of_good(found: CardImport) -> str:
    """Of how many lines it is told what was imported."""
    return counted(_good(found), "Of 1 good line", "Of {number} good lines")


def confirm(found: CardImport) -> str:
    """What the button does."""
    return counted(_good(found), "Import 1 line", "Import {number} lines")


def nothing_good(found: CardImport) -> str:
    """Why nothing would be imported, and what to do."""
    if found.bad:
        return say("Mend the lines below and upload the file again.")
    return say("Everything in it is in the portal already.")


def known_are(found: CardImport) -> str:
    """What becomes of customers that are there."""
    if found.known == SKIP:
        return say("Customers that are there already are left as they are.")
    return say(
        "Customers that are there already are changed where the file says otherwise; empty cells change nothing."
    )


def canceled(found: CardImport) -> str:
    """What became of the lines of a canceled import that were good."""
    if found.done:
        return counted(
            _left(found),
            "1 good line was not imported. What was imported before stays.",
            "{number} good lines were not imported. What was imported before stays.",
        )
    return counted(
        _left(found),
        "1 good line was not imported. No customer was touched.",
        "{number} good lines were not imported. No customer was touched.",
    )


def card_for_each(found: CardImport) -> str | None:
    """What each customer of the file gets, where no column says it."""
    if found.template is None:
        return None
    return say(
        "Each gets a card of {template}; a card that is there already keeps what is on it.",
        template=found.template.name,
    )


def numbers_are_read(found: CardImport) -> str | None:
    """How the numbers of the file are read, where it has any."""
    sign = found.decimal_sign or found.found_sign
    has_any = any(field in found.mapping for field in BALANCES)
    return say("Numbers are read as {sums}.", sums=numbers.EXAMPLES[sign]) if sign and has_any else None


def undoing(counts: dict[str, int]) -> list[str]:
    """What goes, and what stays and why, for the question before an import is undone."""
    goes = counted(
        counts.get("", 0),
        "1 line is undone: the customer that it made is erased, its card deleted, and what it had on it taken back",
        "{number} lines are undone: customers that they made are erased, their cards deleted, and what these had on them taken back",
    )
    stays = [counted(counts[why], *words) for why, words in HOW_MANY.items() if counts.get(why)]
    return [*([goes] if counts.get("") else []), *stays]


def undone(found: CardImport) -> str:
    """What became of an import that was undone."""
    gone = counted(found.undone, "1 line was undone.", "{number} lines were undone.")
    if not found.stayed:
        return gone
    stayed = counted(found.stayed, "1 stayed, and says why.", "{number} stayed, and say why.")
    return say("{undone} {stayed}", undone=gone, stayed=stayed)


def lost(found: CardImport) -> list[str]:
    """What canceling means, for the question before it."""
    left, done = _left(found), found.done
    not_imported = counted(
        left, "1 customer who could be imported is not", "{number} customers who could be imported are not"
    )
    stays = counted(
        done, "1 customer who was imported stays as imported", "{number} customers who were imported stay as imported"
    )
    return [
        *([not_imported] if left else []),
        say("It cannot be taken up again; the file can be uploaded again"),
        *([stays] if done else []),
    ]


def _good(found: CardImport) -> int:
    return found.new + found.changed


def _left(found: CardImport) -> int:
    return _good(found) - found.done - found.failed
