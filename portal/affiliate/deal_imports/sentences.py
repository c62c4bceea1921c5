"""What pages of imports say of deals: whole sentences."""

from portal.domain.sentences import forms, say
from portal.web.imported.words import Signs, Words

WORDS = Words(
    heading=say("Import deals"),
    about=say(
        "Upload orders that your shop did not report, or what became of them since. You see what would happen before "
        "anything does: a preview names every line."
    ),
    holds=say(
        "The first line names the columns as the API does, each line after it is a deal. The file of your list of deals "
        "has the same columns."
    ),
    needs=say(
        "A deal that is new needs the first six. One that is known needs its deal id and what changes; empty cells change "
        "nothing. With other column names you choose what each one is."
    ),
    chooses=say(
        "Say what each column of the file is. A deal that is new needs the deal id, status, offer, catalog, sale and "
        "currency; a known one its deal id and what changes."
    ),
    thing=say("Deal"),
    new=(say("New deals"), say("are reported as your shop would")),
    changed=say("of deals that are known"),
    can=forms("1 deal can be imported", "{number} deals can be imported"),
    failing=forms("1 deal failed so far.", "{number} deals failed so far."),
    imports=forms("Import 1 deal", "Import {number} deals"),
    mend=say("Mend the lines below and upload the file again, or check it again once the catalog is mended."),
    untouched=forms(
        "1 good line was not imported. No deal was touched.",
        "{number} good lines were not imported. No deal was touched.",
    ),
    not_imported=forms("1 deal that could be imported is not", "{number} deals that could be imported are not"),
    stays=forms("1 deal that was imported stays as imported", "{number} deals that were imported stay as imported"),
    signs=Signs(
        fields=("cost",),
        title=say("The sums of this file can be read in two ways"),
        why=say(
            "In 1.500 the point may stand before decimals or between thousands, and its rows do not settle it. Say how "
            "sums are written, and the file is checked."
        ),
        act=say("Say how sums are written"),
        read_as=say("Sums are read as {sums}."),
    ),
)
