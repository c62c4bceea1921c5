"""Customers who come, change, are there twice, and are erased."""

from hypothesis.stateful import rule

from portal import clock
from portal.domain.cards.cards import cards
from portal.domain.members import members, merging
from portal.domain.members.tables import Member
from tests.properties.cards import model as of_cards
from tests.properties.customers import model
from tests.properties.customers.left import left_of
from tests.properties.customers.play import CHANGES, PEOPLE, PICK, Play


class Coming(Play):
    """Of a phone, a mail address or an id there is one."""

    @rule(given=PEOPLE)
    def somebody_comes(self, given):
        given = {"first_name": "Mia", "surname": self.surname(), **given}
        row, _ = self.both(
            lambda: members.create(self.acme, {name: text for name, text in given.items() if text}),
            lambda: self.people.refuse_taken(given),
        )
        if row:
            self.add(row.id, row.uuid, given)

    @rule(pick=PICK, given=CHANGES)
    def somebody_changes(self, pick, given):
        person = self.pick(pick)
        given = given | ({"surname": self.surname()} if "surname" in given else {})

        def of_model():
            if not person.is_here:
                raise model.Refusal
            self.people.refuse_taken(given, person)
            return True

        if self.both(lambda: members.change(Member.get_by_id(person.id), given), of_model)[1]:
            person.set(given)

    @rule(pick=PICK, other=PICK)
    def two_become_one(self, pick, other):
        gone, kept = self.pick(pick), self.pick(other)
        others = [one for one in self.here() if one is not gone]
        if gone is kept and others and pick % 4:
            kept = others[other % len(others)]

        def of_model():
            if gone is kept or not (gone.is_here and kept.is_here):
                raise model.Refusal
            return True

        merged = lambda: merging.merge(Member.get_by_id(gone.id), Member.get_by_id(kept.id))  # noqa: E731
        if self.both(merged, of_model)[1]:
            self.unite(gone, kept)

    def unite(self, gone: model.Person, kept: model.Person) -> None:
        for card in sorted(gone.cards, key=lambda card: -card.id):
            mine = kept.card_of(card.place)
            if mine and not card.is_of.is_deleted:
                of_cards.carry(card.is_of, mine.is_of, self.now)
        for line in (line for file in self.files for line in file.lines):
            if line.about is gone:
                line.about = kept
            if line.keys & gone.keys():
                line.keys.add(("member", kept.id))
        kept.cards, gone.cards = kept.cards + gone.cards, []
        kept.deals, gone.deals = kept.deals + gone.deals, 0
        kept.ever |= gone.ever
        lacking = {name: text for name, text in gone.fields.items() if text and not kept.fields[name]}
        gone.leave()
        gone.merged_into = kept
        kept.set(lacking)

    @rule(pick=PICK)
    def somebody_is_erased(self, pick):
        """Nothing that was ever known of them is found anywhere, unless somebody else is known by it."""
        person = self.pick(pick)

        def of_model():
            if not person.is_here:
                raise model.Refusal
            return True

        if self.both(lambda: members.erase(Member.get_by_id(person.id)), of_model)[1]:
            self.erase(person)
            self.nothing_left_of(person)

    def nothing_left_of(self, person: model.Person) -> None:
        left = left_of(person.ever - {text for one in self.here() for text in one.ever} - self.still_said())
        assert not left, left

    def still_said(self) -> set:
        """What lines and deals say that are about nobody of the erased."""
        lines = [line for file in self.files for line in file.lines if not line.is_empty]
        return {text for line in lines for text in line.says.values()} | {told.calls for told in self.deals}

    @rule(pick=PICK, other=PICK)
    def a_stranger_tries_customers_and_cards(self, pick, other):
        person, card = self.pick(pick), self.held(other)
        theirs = members.create(self.rival, {"first_name": "Eve"})
        self.nothing_found(
            lambda: members.find(self.rival, person.uuid),
            lambda: cards.issue(self.rival, person.id, self.templates[0][0].id),
            *([lambda: cards.find(self.rival, card.serial)] if card else []),
        )
        for gone, kept in ((person.id, theirs.id), (theirs.id, person.id)):
            self.refused(lambda gone=gone, kept=kept: merging.merge(Member.get_by_id(gone), Member.get_by_id(kept)))
        client, key = self.app.test_client(), {"X-API-Key": self.world.rival.token}
        for method in ("GET", "PATCH", "DELETE"):
            body = {"json": {"surname": "Mine"}} if method == "PATCH" else {}
            with clock.acting(0):
                answer = client.open(f"/api/v2/customers/{person.uuid}", method=method, headers=key, **body)
            assert answer.status_code == 404
        members.erase(theirs)
