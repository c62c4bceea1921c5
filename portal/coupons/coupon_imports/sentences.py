"""What pages of imports say of coupons: whole sentences."""

from portal.coupons.coupon_fields import DOES
from portal.coupons.coupon_imports.forms import PLAIN
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.coupons.tables import FIXED
from portal.domain.coupons.imports.files import FIELDS, SUMS
from portal.domain.coupons.imports.tables import TABLES, CouponImport
from portal.domain.importing import lists
from portal.domain.sentences import counted, forms, say
from portal.web.imported.words import Words, of_numbers


def undoing(found: CouponImport) -> list[str]:
    """What goes, for the question before an import is undone."""
    return [
        counted(
            found.done,
            "1 coupon is removed, with its assignments",
            "{number} coupons are removed, with their assignments",
        ),
        say("Nobody can use them from this moment on"),
    ]


def _columns(found: CouponImport) -> list[str]:
    """What each column does, with an example."""
    examples = lists.examples(TABLES, found)
    named = [(field, found.mapping[field]) for field in FIELDS if field in found.mapping]
    return [
        _column(found.head[number], PLAIN[field], examples[number] if number < len(examples) else [])
        for field, number in named
    ]


def _column(head: str, does: str, seen: list[str]) -> str:
    example = next(filter(None, seen), None)
    if example is None:
        return say("“{column}”: {does}.", column=head, does=does)
    return say("“{column}”: {does}. For example {example}.", column=head, does=does, example=example[:60])


def _left_out(found: CouponImport) -> str | None:
    """What lines are that do not say their type."""
    if found.kind is None or "kind" in found.mapping:
        return None
    if not KINDS[found.kind].has_amount or "amount" in found.mapping or not found.amount:
        return say("All are of the type {kind}.", kind=DOES[found.kind])
    return say(
        "All are of the type {kind}, and take off {amount}.", kind=DOES[found.kind], amount=_amount(found, found.amount)
    )


def _amount(found: CouponImport, typed: str) -> str:
    """What all lines take off, in what it is read as."""
    number = typed.removesuffix("%").strip()
    if found.amount_type != FIXED:
        return f"{number}%"
    if "currency" in found.mapping:
        return say("{amount} in the currency that each line says", amount=number)
    return f"{number} {found.partner.currency}"


WORDS = Words(
    heading=say("Import coupons"),
    about=say(
        "Bring codes from another program or from a partner. You see what would happen before anything does: a preview names "
        "every line. Until they are assigned, coupons are good for nothing."
    ),
    holds=say(
        "The first line names the columns, in any order; each line after it is a coupon. The file of your list of coupons has "
        "the same columns. A file without names has the code in its first column and the name in its second."
    ),
    needs=say(
        "Each needs a code, and a type from a column or from the form. A code that a spreadsheet takes for a number (02138) "
        "keeps its zeros with an apostrophe in front, which is taken off here; one that was shortened already (6.93E+13) is "
        "left out."
    ),
    chooses=say("Say what each column of the file is. Each coupon needs a code."),
    thing=say("Code"),
    new=(say("New"), say("coupons are made")),
    changed=say("a file changes no coupon"),
    can=forms("1 line can be imported", "{number} lines can be imported"),
    failing=forms("1 line failed so far.", "{number} lines failed so far."),
    imports=forms("Make 1 coupon", "Make {number} coupons"),
    mend=say("Mend the lines below and upload the file again."),
    untouched=forms(
        "1 good line was not imported. No coupon was made.",
        "{number} good lines were not imported. No coupon was made.",
    ),
    not_imported=forms("1 coupon that could be made is not", "{number} coupons that could be made are not"),
    stays=forms("1 coupon that was made stays", "{number} coupons that were made stay"),
    signs=of_numbers(SUMS),
    more=lambda found: [*_columns(found), _left_out(found)],
)
