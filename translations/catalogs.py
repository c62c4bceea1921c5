"""The files of the languages: brought up to date with the code, and looked through for what is missing."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from portal import languages
from translations.messages import Message, found

# What a language other than English must say: whatever newcomers see. Partners' and operators' pages are English.
COVERED = (
    "portal/account/routes.py",
    "portal/affiliate/family.py",
    "portal/developers/routes.py",
    "portal/home/routes.py",
    "portal/inbox/routes.py",
    "portal/operator/routes.py",
    "portal/reference/routes.py",
    "portal/account/forms.py",
    "portal/account/joining.py",
    "portal/account/mailed_links.py",
    "portal/account/pages.py",
    "portal/account/second_step.py",
    "portal/account/sentences.py",
    "portal/account/sign_up.py",
    "portal/cards/asked_fields.py",
    "portal/cards/counter/",
    "portal/cards/drawing.py",
    "portal/cards/public/",
    "portal/club/",
    "portal/domain/members/consents/",
    "portal/domain/members/passwords.py",
    "portal/cards/sentences.py",
    "portal/cards/templates/posters.py",
    "portal/member_offers/club_page/posters.py",
    "portal/coupons/local_times.py",
    "portal/coupons/shop/",
    "portal/domain/coupons/uses/buyers.py",
    "portal/domain/coupons/reservations/",
    "portal/domain/coupons/shop/",
    "portal/domain/cards/asking/",
    "portal/domain/coupons/mailings/writing.py",
    "portal/domain/cards/cards/field_values.py",
    "portal/domain/cards/cards/holders_own.py",
    "portal/cards/operations/forms.py",
    "portal/domain/cards/companies/limits.py",
    "portal/domain/cards/counter/",
    "portal/domain/cards/pushes/automatic/texts.py",
    "portal/cards/wallets/passes.py",
    "portal/cards/wallets/saves.py",
    "portal/domain/cards/operations/",
    "portal/domain/errors.py",
    "portal/domain/money.py",
    "portal/domain/cards/words.py",
    "portal/domain/members/details/phones.py",
    "portal/domain/members/sign_ins/",
    "portal/domain/members/details/values.py",
    "portal/web/inputs.py",
    "templates/cards/_drawn.html",
    "templates/posters/_sheet.html",
    "templates/cards/counter/",
    "templates/cards/public/",
    "templates/club/",
    "portal/member_offers/counter/",
    "portal/member_offers/members/undoing.py",
    "portal/domain/member_offers/authorizations/",
    "portal/domain/member_offers/uses/checks.py",
    "portal/domain/member_offers/uses/of_member.py",
    "portal/domain/member_offers/uses/uses.py",
    "portal/member_offers/mobile/",
    "templates/member_offers/counter/",
    "templates/member_offers/members/_code.html",
    "templates/member_offers/mobile/",
    "templates/member_offers/oauth/",
    "templates/coupons/shop/",
    "portal/domain/accounts/partners/partners.py",
    "portal/domain/accounts/partners/terms.py",
    "portal/domain/accounts/people/",
    "portal/domain/typed/mail_addresses.py",
    "portal/domain/accounts/roles.py",
    "portal/domain/accounts/sign_ins/",
    "portal/domain/accounts/sign_ups/",
    "portal/domain/accounts/team/",
    "portal/domain/affiliate/notices/",
    "portal/domain/affiliate/payouts/account_changes.py",
    "portal/domain/mail/texts/",
    "portal/domain/sentences.py",
    "portal/domain/values.py",
    "portal/web/agents.py",
    "portal/web/errors.py",
    "portal/web/forms.py",
    "portal/web/guards.py",
    "portal/web/local_formats.py",
    "portal/web/mailing.py",
    "portal/web/throttle.py",
    "static/js/",
    "portal/web/navigation.py",
    "portal/web/places.py",
    "templates/_",
    "templates/account/_parts.html",
    "templates/account/_terms_field.html",
    "templates/account/ask_for_reset.html",
    "templates/account/joining/",
    "templates/account/proof_of_another.html",
    "templates/account/prove_address.html",
    "templates/account/reset",
    "templates/account/second_step.html",
    "templates/account/sign_in.html",
    "templates/account/sign_up",
    "templates/account/terms.html",
    "templates/errors/",
    "templates/layout",
    "templates/ui/confirm.html",
    "templates/ui/form.html",
    "templates/ui/toast.html",
)
_PLACEHOLDERS = re.compile(r"\{\w+\}|\$\w+|</?\w+")
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # A file changes with its sentences, not with the day.


def covered() -> dict[Message, set[str]]:
    """The sentences that a language must have, and where they stand."""
    kept = {message: {place for place in places if place.startswith(COVERED)} for message, places in found().items()}
    return {message: places for message, places in kept.items() if places}


def update(path: Path) -> None:
    """Take in what is new, and leave out what is said nowhere any more."""
    present = _read(path)
    renewed = Catalog(
        locale=present.locale, project="partner-portal", version="1", header_comment=f"# {languages.NAMES[path.stem]}.",
        creation_date=_EPOCH, revision_date=_EPOCH, fuzzy=False,
    )  # fmt: skip
    for message, places in covered().items():
        known = present.get(message if isinstance(message, str) else message[0])
        string = known.string if known is not None and known.id == message else None
        renewed.add(message, string, locations=[(place, None) for place in sorted(places)[:2]])
    with path.open("wb") as file:
        write_po(file, renewed, width=120, sort_by_file=True)


def problems(path: Path) -> Iterator[str]:
    """What a file lacks, and what it says with other names than the code."""
    present, needed = _read(path), covered()
    for message in needed:
        known = present.get(message if isinstance(message, str) else message[0])
        if known is None or known.id != message or known.fuzzy or not all(_strings(known.string)):
            yield f"{path.name} lacks: {message}"
    for known in (message for message in present if message.id):
        if known.id not in needed:
            yield f"{path.name} has what nothing says: {known.id}"
        yield from (f"{path.name}: {problem}" for problem in _disagreements(known))


def _disagreements(message) -> Iterator[str]:
    said = _strings(message.id)
    named = {name for text in said for name in _PLACEHOLDERS.findall(text)}
    for text in _strings(message.string):
        others = set(_PLACEHOLDERS.findall(text)) ^ named
        if text and others - {"{number}"}:  # A form for one may leave its number out.
            yield f"{', '.join(sorted(others))} in one of “{said[0]}” and “{text}” alone"


def _strings(text) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (text,)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)
