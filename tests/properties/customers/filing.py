"""Files of customers: looked at, brought in, undone."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from portal.domain.cards.cards.tables import Card
from portal.domain.cards.imports import imports, undoing
from portal.domain.cards.imports import work as import_work
from portal.domain.cards.imports.tables import CardImport
from portal.domain.members.tables import Member
from tests.properties.cards import model as of_cards
from tests.properties.cards.model import MAIN
from tests.properties.customers import model
from tests.properties.customers.coming import Coming
from tests.properties.customers.play import LINES, PICK

HEAD = "firstName,surname,phone,email,externalUserId,template,currentNumberOfUses,bonusBalance\n"


def work() -> None:
    while import_work.work_due():
        pass


class Filing(Coming):
    """Nothing of a file reaches customers before it is confirmed."""

    @rule(
        said=st.lists(LINES, min_size=1, max_size=5),
        known=st.sampled_from(["update", "update", "skip"]),
        at_once=st.booleans(),
    )
    def a_file_comes(self, said, known, at_once):
        if sum(file.state == "checked" for file in self.files) == imports.verbs.MOST_UNFINISHED:
            return
        self.wall.micros += 1000
        lines = [
            model.Line(
                {"first_name": "Ida", "surname": self.surname(), **{name: text for name, text in one.items() if text}},
                place,
                amount if place is not None else 0,
            )
            for one, place, amount in said
        ]
        started = imports.start(self.acme, "customers.csv", (HEAD + "".join(map(self.written, lines))).encode(), known)
        work()
        file = model.File(started.uuid, known, lines)
        file.id = started.id
        self.people.check(file)
        self.files.append(file)
        if at_once:
            self.confirm(file)

    def written(self, line: model.Line) -> str:
        said = [line.says.get(name, "") for name in model.PERSON]
        word = self.templates[line.place][1].word if line.place is not None else ""
        amount = str(line.amount or "")
        amounts = [amount, ""] if MAIN.get(word) == "uses" else ["", amount]
        return ",".join([*said, word, *amounts]) + "\n"

    def file(self, pick: int, state: str) -> model.File | None:
        """Mostly one that stands so."""
        some = [file for file in self.files if file.state == state or pick % 8 == 0]
        return some[pick // 8 % len(some)] if some else None

    @rule(pick=PICK)
    def a_file_is_checked_anew(self, pick):
        file = self.file(pick, "checked")
        if file and self.both(lambda: imports.check_again(self.acme, file.uuid), lambda: self.refuse_other(file))[0]:
            work()
            self.people.check(file)

    @rule(pick=PICK)
    def a_file_goes(self, pick):
        file = self.file(pick, "checked")
        if file and self.both(lambda: imports.cancel(self.acme, file.uuid), lambda: self.refuse_other(file))[0]:
            file.state = "canceled"

    @rule(pick=PICK)
    def a_file_is_confirmed(self, pick):
        """It counts what it was seen to do, though some of it may be gone meanwhile."""
        file = self.file(pick, "checked")
        if file:
            self.confirm(file)

    def confirm(self, file: model.File) -> None:
        counted = CardImport.get_by_id(file.id)

        def of_model():
            self.refuse_other(file)
            if not counted.new + counted.changed:
                raise model.Refusal

        if self.both(lambda: imports.confirm(self.acme, file.uuid), of_model)[0] is None:
            return
        before = {one.id for one in self.rows_of_members()}
        work()
        made = [one for one in self.rows_of_members() if one.id not in before]
        for state in (model.NEW, model.CHANGED):
            for line in [line for line in file.lines if line.state == state]:
                self.bring(file, line, made)
        assert not made
        file.state = "done"

    def bring(self, file: model.File, line: model.Line, made: list) -> None:
        try:
            step = self.people.step(line, file.known)
        except model.Refusal:
            line.state = model.FAILED
            return
        if step.person and file.known == "skip" and not step.issues:
            line.state = model.FAILED
            return
        if step.person is None:
            row = made.pop(0)
            step.person = self.add(row.id, row.uuid, step.changes)
            line.is_made = True
        elif step.changes:
            step.person.set(step.changes)
        line.about, line.state = step.person, model.DONE
        for one in file.lines:
            if one.about is step.person:
                one.left = step.person.version
        if step.issues:
            self.bring_card(file, line)

    def bring_card(self, file: model.File, line: model.Line) -> None:
        template, rules = self.templates[line.place]
        is_it = (Card.member == line.about.id) & (Card.template == template) & Card.deleted_at.is_null()
        row, card = Card.get(is_it), of_cards.Card(rules)
        line.card = model.Held(row.id, row.serial, line.place, card)
        line.about.cards.append(line.card)
        if line.amount:
            amount = line.amount * self.units(line.place)
            line.booked = card.book(card.less(-amount), self.now, stamps=amount)

    def rows_of_members(self) -> list[Member]:
        return list(Member.select().where(Member.partner == self.acme).order_by(Member.id))

    def refuse_other(self, file: model.File):
        if file.state != "checked":
            raise model.Refusal
        return True

    @rule(pick=PICK)
    def a_file_is_undone(self, pick):
        """As it was told before: lines that something keeps stay, all others go whole."""
        file = self.file(pick, "done")
        if file is None:
            return

        def of_model():
            if file.state != "done" or not any(line.state == model.DONE for line in file.lines):
                raise model.Refusal
            return True

        if self.both(lambda: undoing.begin(self.acme, file.uuid), of_model)[1]:
            work()
            for line in reversed([line for line in file.lines if line.state == model.DONE]):
                self.take_back(file, line)
            file.state = "undone"
            for line in file.lines:
                if line.about and line.about.is_erased:
                    self.nothing_left_of(line.about)

    def take_back(self, file: model.File, line: model.Line) -> None:
        if model.kept(file, line):
            line.state = model.STAYED
            return
        line.state = model.UNDONE
        if line.card and not line.card.is_of.is_deleted:
            if line.booked:
                line.card.is_of.undo(line.booked, self.now)
            line.card.is_of.is_deleted = True
        if line.is_made and line.about.is_here:
            self.erase(line.about)

    @rule(pick=PICK)
    def a_stranger_tries_files(self, pick):
        file = self.file(pick, "checked")
        if file:
            acts = (imports.find, imports.confirm, imports.cancel, imports.check_again, undoing.begin)
            self.nothing_found(*(lambda act=act: act(self.rival, file.uuid) for act in acts))
