"""Imports of customers and their cards: what was uploaded, its rows, and what became of each."""

from peewee import SQL, BigAutoField, BigIntegerField, BooleanField, CharField, Check, ForeignKeyField, IntegerField

from portal.database import BaseModel, InstantField
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.importing.tables import Import, ImportedRow, ImportText, Tables
from portal.domain.members.tables import Member


class CardImport(Import):
    """A file of customers on its way in. `undone` and `stayed` are rows of one that is undone."""

    known = CharField(8)  # what becomes of customers that are there: update, skip
    template = ForeignKeyField(CardTemplate, null=True, backref="+")  # of the cards, where no column says it
    undone_by = CharField(64, null=True)
    undone = IntegerField(default=0)
    stayed = IntegerField(default=0)

    class Meta:
        indexes = ((("partner", "id"), False),)
        constraints = [
            Check(
                "state IN ('mapping', 'reading', 'checking', 'checked', 'applying', 'done', 'canceled', 'undoing', 'undone')",
                "card_import_state_is_known",
            ),
            Check("known IN ('update', 'skip')", "card_import_known_is_known"),
            Check("done + failed <= new + changed", "card_import_does_what_is_good"),
            Check("undone + stayed <= done", "card_import_undoes_what_is_done"),
        ]


CardImport.add_index(
    CardImport.index(CardImport.partner, CardImport.due_at, where=SQL("due_at IS NOT NULL"), name="card_import_due")
)
CardImport.add_index(
    CardImport.index(CardImport.forget_at, where=SQL("forget_at IS NOT NULL"), name="card_import_kept")
)


class CardImportText(ImportText):
    """The text of a file of customers."""

    card_import = ForeignKeyField(CardImport, primary_key=True, on_delete="CASCADE")


class CardImportRow(ImportedRow):
    """A row of the file; `named` is the customer's name. What it made is known, so that it can be undone."""

    card_import = ForeignKeyField(CardImport, index=False, backref="rows", on_delete="CASCADE")
    member = ForeignKeyField(Member, null=True, index=False)
    made_member = BooleanField(default=False)
    left_at = InstantField(
        null=True
    )  # the customer's `updated_at` as the import left it: later than that, it was touched
    card = ForeignKeyField(Card, null=True, index=False)
    operation = ForeignKeyField(CardOperation, null=True, index=False)

    class Meta:
        indexes = (
            (("card_import", "line"), True),
            (("card_import", "state", "line"), False),
        )
        constraints = [
            Check(
                "state IN ('waiting', 'new', 'changed', 'same', 'bad', 'done', 'failed', 'undone', 'stayed')",
                "card_import_row_state_is_known",
            )
        ]


CardImportRow.add_index(
    CardImportRow.index(CardImportRow.member, where=SQL("member_id IS NOT NULL"), name="card_import_row_of_member")
)


class CardImportKey(BaseModel):
    """What a line knows its customer by: no two lines of a file about the same card have one in common."""

    id = BigAutoField()
    card_import = ForeignKeyField(CardImport, index=False, on_delete="CASCADE", backref="+")
    of = BigIntegerField(default=0)  # the template of the card that the line is about, too; 0 for its number
    key = CharField(300)
    line = IntegerField()

    class Meta:
        indexes = ((("key", "card_import", "line"), True), (("card_import", "line"), False))


TABLES = Tables(CardImport, CardImportText, CardImportRow, "card_import")
