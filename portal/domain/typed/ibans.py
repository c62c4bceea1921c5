"""Bank accounts that are IBANs: told from other accounts, checked part by part, and written in groups of four.

What each country's look like, and its banks' own check digits, is python-stdnum's to know.
"""

import re

from stdnum import iban, numdb
from stdnum.exceptions import ValidationError

from portal.domain.sentences import say
from portal.domain.typed.texts import mended
from portal.domain.values import Wrong

_SHORTEST = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{7,}")  # A known country's is meant before it is whole.
_MOSTLY_DIGITS = 10  # else it is a word that is as long by luck
_WRITTEN = re.compile(r"(?:IBAN:?)?([A-Z]{2}[A-Z0-9]*)")
_UNKNOWN = re.compile(r"[A-Z]{2}[0-9]{13,32}")
_PART = re.compile(r"([0-9]+)!([nac])")
_KINDS = {"n": re.compile("[0-9]"), "a": re.compile("[A-Z]"), "c": re.compile("[A-Z0-9]")}


def is_meant(text: str) -> bool:
    """Whether an account is meant to be an IBAN: it begins as those of a country do, or as one of no country at all."""
    compact = _compact(text)
    parts = _parts(compact) if compact else None
    if parts is None:
        return bool(_UNKNOWN.fullmatch(compact))
    is_whole = len(compact) == _length(parts) and sum(sign.isdigit() for sign in compact) >= _MOSTLY_DIGITS
    return is_whole or bool(_SHORTEST.fullmatch(compact))


def checked(text: str) -> str:
    """The IBAN without its spaces. Raises Wrong with the part that does not fit."""
    compact = _compact(text)
    parts = _parts(compact)
    if parts is None:
        raise Wrong(say("This looks like an IBAN, but those of no country begin with {letters}.", letters=compact[:2]))
    length = _length(parts)
    if len(compact) != length:
        raise Wrong(
            say(
                "This looks like an IBAN, but one that begins with {letters} has {length} letters and digits, and this has {found}.",
                letters=compact[:2], length=length, found=len(compact),
            )
        )  # fmt: skip
    _refuse_wrong_kind(compact, parts)
    _refuse_wrong_check(compact)
    return compact


def grouped(account: str | None) -> str | None:
    """An account as people read it: an IBAN in groups of four, any other as it is."""
    return iban.format(account) if account and is_meant(account) and iban.is_valid(account) else account


def _compact(text: str) -> str:
    """What may be an IBAN without what stands around and between its groups; empty for what is none."""
    match = _WRITTEN.fullmatch("".join(mended(text).replace("-", "").replace(".", "").split()))
    return match[1] if match else ""


def _parts(compact: str) -> list[tuple[int, str]] | None:
    """How many digits (n), letters (a) or either (c) follow the check digits in its country; None where none has IBANs."""
    described = numdb.get("iban").info(compact)[0][1].get("bban")
    return [(int(number), kind) for number, kind in _PART.findall(described)] if described else None


def _length(parts: list[tuple[int, str]]) -> int:
    return 4 + sum(number for number, _ in parts)


def _refuse_wrong_kind(compact: str, parts: list[tuple[int, str]]) -> None:
    kinds = "aann" + "".join(kind * number for number, kind in parts)
    for place, (sign, kind) in enumerate(zip(compact, kinds, strict=True)):
        if not _KINDS[kind].fullmatch(sign):
            group = compact[place // 4 * 4 :][:4]
            if kind == "a":
                raise Wrong(
                    say(
                        "This looks like an IBAN, but the {sign} in its group {group} has to be a letter.",
                        sign=sign,
                        group=group,
                    )
                )
            raise Wrong(
                say(
                    "This looks like an IBAN, but the {sign} in its group {group} has to be a digit.",
                    sign=sign,
                    group=group,
                )
            )


def _refuse_wrong_check(compact: str) -> None:
    if iban.calc_check_digits(compact) != compact[2:4]:
        raise Wrong(
            say(
                "This looks like an IBAN, but its check digits {digits} do not fit the rest: a sign is wrong, or two have changed places.",
                digits=compact[2:4],
            )
        )
    try:
        iban.validate(compact)
    except ValidationError:
        raise Wrong(
            say(
                "This looks like an IBAN, but the check digits of its bank do not fit the rest. Compare it with your bank’s."
            )
        ) from None
