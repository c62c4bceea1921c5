"""What pages of imports say of customers: whole sentences."""

from portal.domain.cards.imports.files import BALANCES
from portal.domain.cards.imports.rows import SKIP
from portal.domain.cards.imports.tables import CardImport
from portal.domain.cards.imports.undoing import HOW_MANY
from portal.domain.sentences import counted, forms, say
from portal.web.imported.words import Words, of_numbers


def undoing(counts: dict[str, int]) -> list[str]:
    """What goes, and what stays and why, for the question before an import is undone."""
    goes = counted(
        counts.get("", 0),
        "1 line is undone: the customer that it made is erased, its card deleted, and what it had on it taken back",
        "{number} lines are undone: customers that they made are erased, their cards deleted, and what these had on them taken back",
    )
    stays = [counted(counts[why], *words) for why, words in HOW_MANY.items() if counts.get(why)]
    return [*([goes] if counts.get("") else []), *stays]


def _known_are(found: CardImport) -> str:
    """What becomes of customers that are there."""
    if found.known == SKIP:
        return say("Customers that are there already are left as they are.")
    return say(
        "Customers that are there already are changed where the file says otherwise; empty cells change nothing."
    )


def _card_for_each(found: CardImport) -> str | None:
    """What each customer of the file gets, and that what is on a card that is there is not the file's to say."""
    if found.template is None:
        return say("A card that is there already keeps what is on it.") if "template" in found.mapping else None
    return say(
        "Each gets a card of {template}; a card that is there already keeps what is on it.",
        template=found.template.name,
    )


WORDS = Words(
    heading=say("Import customers"),
    about=say(
        "Bring your customers from another program, with their cards and what is on them. You see what would happen before "
        "anything does: a preview names every line."
    ),
    holds=say(
        "The first line names the columns, in any order; each line after it is a customer. The file of your list of "
        "customers has the same columns."
    ),
    needs=say(
        "A customer who is new needs a first name, and a phone, a mail address or an id in your software. Empty cells "
        "change nothing. With other column names you choose what each one is."
    ),
    chooses=say(
        "Say what each column of the file is. A customer who is new needs a first name, and a phone, a mail address or an "
        "id in your software."
    ),
    thing=say("Customer"),
    new=(say("New"), say("customers or cards are added")),
    changed=say("of customers who are known"),
    can=forms("1 line can be imported", "{number} lines can be imported"),
    failing=forms("1 line failed so far.", "{number} lines failed so far."),
    imports=forms("Import 1 line", "Import {number} lines"),
    mend=say("Mend the lines below and upload the file again."),
    untouched=forms(
        "1 good line was not imported. No customer was touched.",
        "{number} good lines were not imported. No customer was touched.",
    ),
    not_imported=forms("1 customer who could be imported is not", "{number} customers who could be imported are not"),
    stays=forms(
        "1 customer who was imported stays as imported", "{number} customers who were imported stay as imported"
    ),
    signs=of_numbers(BALANCES),
    more=lambda found: [_known_are(found), _card_for_each(found)],
)
