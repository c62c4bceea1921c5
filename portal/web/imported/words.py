"""What pages of an import say, whatever its file holds: whole sentences, some of which a kind of imports gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from portal.domain.importing.words import CANCELED, CHECKED, DONE, UNDONE
from portal.domain.sentences import Sentence, counted, say
from portal.domain.typed import numbers

Forms = tuple[str, str]  # of domain.sentences.forms: for one, and for several


class Signs(NamedTuple):
    """What is said of numbers that can be read in two ways. `read_as` names {sums}."""

    fields: tuple[str, ...]  # that are such numbers
    title: str
    why: str
    act: str
    read_as: Sentence


def of_numbers(fields: tuple[str, ...]) -> Signs:
    """What is said where these fields are called numbers."""
    return Signs(
        fields=fields,
        title=say("The numbers of this file can be read in two ways"),
        why=say(
            "In 1.500 the point may stand before decimals or between thousands, and its rows do not settle it. Say how "
            "numbers are written, and the file is checked."
        ),
        act=say("Say how numbers are written"),
        read_as=say("Numbers are read as {sums}."),
    )


@dataclass(frozen=True, kw_only=True)
class Words:
    """The sentences of one kind of imports, and what pages say with them of an import (`found`)."""

    heading: str
    about: str  # what it is good for
    holds: str  # what is in a file: before its columns are named, and after
    needs: str
    chooses: str  # before each column is chosen
    thing: str  # what a line is about, in a word
    new: Forms  # what is new: in a word or two, and what becomes of it
    changed: str  # what changes
    can: Forms  # 1 deal can be imported
    failing: Forms  # 1 deal failed so far.
    imports: Forms  # Import 1 deal
    mend: str  # where every line is bad
    untouched: Forms  # canceled before anything was imported
    not_imported: Forms  # canceling: those that are not
    stays: Forms  # canceling: those that were, and stay
    signs: Signs | None = None
    more: Callable[[Any], list[str | None]] = lambda found: []  # what else the preview tells

    def announced(self, found: Any) -> str | None:
        """What a screen reader hears when the worker is through with it."""
        told = {CHECKED: self._checked, DONE: lambda _: say("The import is done."), UNDONE: undone}
        told[CANCELED] = lambda _: say("The import is canceled.")
        return told[found.state](found) if found.state in told else None

    def _checked(self, found: Any) -> str:
        return say(
            "The file is checked. {good}, {bad}.",
            good=counted(_good(found), *self.can),
            bad=counted(found.bad, "1 line is bad", "{number} lines are bad"),
        )

    def failed(self, found: Any) -> str:
        """How many have failed while it is carried out."""
        return counted(found.failed, *self.failing)

    def confirm(self, found: Any) -> str:
        """What the button does."""
        return counted(_good(found), *self.imports)

    def nothing_good(self, found: Any) -> str:
        """Why nothing would be imported, and what to do."""
        return self.mend if found.bad else say("Everything in it is in the portal already.")

    def told(self, found: Any) -> list[str]:
        """What the preview tells of how the file is taken."""
        told = [
            *self.more(found),
            self._signs_are_read(found),
            columns_left_out(left_out(found)),
            letters_are_read(found),
        ]
        return [sentence for sentence in told if sentence]

    def _signs_are_read(self, found: Any) -> str | None:
        sign = found.decimal_sign or found.found_sign
        if not (sign and self.signs and any(field in found.mapping for field in self.signs.fields)):
            return None
        return self.signs.read_as.format(sums=numbers.EXAMPLES[sign])

    def canceled(self, found: Any) -> str:
        """What became of the lines of a canceled import that were good."""
        if not found.done:
            return counted(_left(found), *self.untouched)
        return counted(
            _left(found),
            "1 good line was not imported. What was imported before stays.",
            "{number} good lines were not imported. What was imported before stays.",
        )

    def lost(self, found: Any) -> list[str]:
        """What canceling means, for the question before it."""
        left, done = _left(found), found.done
        return [
            *([counted(left, *self.not_imported)] if left else []),
            say("It cannot be taken up again; the file can be uploaded again"),
            *([counted(done, *self.stays)] if done else []),
        ]


def of_good(found: Any) -> str:
    """Of how many lines it is told what was imported."""
    return counted(_good(found), "Of 1 good line", "Of {number} good lines")


def not_imported(found: Any) -> int:
    """How many of its lines are neither imported nor left out: its lines are these, and those counted apart."""
    return found.total - found.done - found.failed - found.same - found.bad


def undone(found: Any) -> str:
    """What became of an import that was undone."""
    gone = counted(found.undone, "1 line was undone.", "{number} lines were undone.")
    if not found.stayed:
        return gone
    stayed = counted(found.stayed, "1 stayed, and says why.", "{number} stayed, and say why.")
    return say("{undone} {stayed}", undone=gone, stayed=stayed)


def uploaded(found: Any, names: dict[str, str]) -> str:
    """Who brought the file, and who said that it be imported."""
    who = names.get(found.actor) or say("the portal")
    if not found.confirmed_at:
        return say("Uploaded by {name}", name=who)
    return say(
        "Uploaded by {name}, confirmed by {other}",
        name=who,
        other=names.get(found.confirmed_by or "") or say("the portal"),
    )


def reading(found: Any) -> str:
    """How far the file is read."""
    return counted(found.total, "Reading the file: 1 line so far.", "Reading the file: {number} lines so far.")


def left_out(found: Any) -> list[str]:
    """The names of the columns that are not imported."""
    return [name for number, name in enumerate(found.head) if number not in found.mapping.values()]


def columns_left_out(names: list[str]) -> str | None:
    """Which columns are not imported, where there are any; one without a name is shown as an empty one."""
    if not names:
        return None
    named = ", ".join(f"“{name or ' '}”" for name in names)
    return counted(len(names), "Not imported: the column {names}.", "Not imported: the columns {names}.", names=named)


def letters_are_read(found: Any) -> str | None:
    """What the letters of a file were taken for that says nothing of it itself."""
    name = {"cp1251": say("Cyrillic"), "cp1252": say("Western")}.get(found.letters or "")
    return name and say(
        "The letters of this file are no Unicode. They are read as {name} ones of Windows; look whether names and comments "
        "are right, else save it as “CSV UTF-8” and upload it again.",
        name=name,
    )


def stops(found: Any) -> str:
    """What the question before canceling says first."""
    return say("The import of {file_name} stops at once.", file_name=found.file_name)


def _good(found: Any) -> int:
    return found.new + found.changed


def _left(found: Any) -> int:
    return _good(found) - found.done - found.failed
