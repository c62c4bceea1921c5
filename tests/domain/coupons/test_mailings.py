"""Each address gets one code, each code goes to one address, ever; and nobody makes the portal write to strangers without bound."""

from datetime import timedelta

import pytest

from portal import clock
from portal.database import database
from portal.domain import verify
from portal.domain.accounts.tables import Partner, User
from portal.domain.coupons import persons as persons
from portal.domain.coupons.batches import batches, making
from portal.domain.coupons.coupons import coupons, unhanded
from portal.domain.coupons.coupons.given import Given
from portal.domain.coupons.coupons.tables import ACCESS, Coupon, TaggedCoupon
from portal.domain.coupons.mailings import lists, mailings, writing
from portal.domain.coupons.mailings.mailings import Source
from portal.domain.coupons.mailings.tables import CouponMailing, MailedCoupon
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.mail import stops, strangers
from portal.domain.mail.tables import Mail
from portal.domain.members import members
from tests.support import desk


@pytest.fixture
def source(acme) -> Source:
    """Five codes."""
    batch = batches.start(acme.id, Given("Season", ACCESS, ""), "S-", 6, 5)
    while making.work_due():
        pass
    return Source("batch", batch.id)


def start(party, source, *mails, **given) -> CouponMailing:
    return mailings.start(party.id, "Guests", given.pop("addresses", "\n".join(mails)), source, **given)


def work() -> None:
    while writing.work_due():
        pass


def again(mailing) -> CouponMailing:
    return CouponMailing.get_by_id(mailing.id)


def mails() -> list[Mail]:
    return list(Mail.select().where(Mail.subject.startswith("Your code")).order_by(Mail.id))


def test_each_address_is_mailed_a_code_of_its_own_once(acme, source):
    mailing = start(
        acme,
        source,
        addresses="Ada <Ada@Example.com>, bo@example.com\nada@example.com",
        message="See http://x.example\nBye",
    )
    assert mails() == []
    work()
    codes = [one.written for one in Coupon.select().order_by(Coupon.id)]
    assert [mail.to for mail in mails()] == ["ada@example.com", "bo@example.com"]
    for mail, code in zip(mails(), codes, strict=False):
        assert f"\n{code}\n" in mail.text and "> See http[:]//x[.]example" in mail.text
        assert mail.unsubscribe == stops.link(mail.to) and mail.unsubscribe in mail.text and mail.partner_id == acme.id
    done = again(mailing)
    assert (done.state, done.wanted, done.mailed, done.failed, done.due_at) == ("done", 2, 2, 0, None)
    got = lists.who_got(done).rows
    assert [(one.mail, one.written) for one in got] == [("bo@example.com", codes[1]), ("ada@example.com", codes[0])]
    assert [one.mail for one in lists.who_got(done, "ADA").rows] == ["ada@example.com"]
    assert [one.mail for one in lists.who_got(done, codes[1].lower()).rows] == ["bo@example.com"]


def test_a_code_is_mailed_once_ever_and_used_or_ended_ones_never(acme, source):
    first, second, *_ = Coupon.select().order_by(Coupon.id)
    coupons.end(acme.id, first.id)
    Coupon.update(uses=1).where(Coupon.id == second.id).execute()
    assert mailings.free(acme.id, source) == mailings.Free(codes=3, assigned=0, looked_at=5)
    start(acme, source, "a@example.com", "b@example.com")
    with pytest.raises(
        Invalid, match="Addresses: 2. Codes that can be mailed, .*: 1. Make more codes, or shorten the list."
    ):
        start(acme, source, "c@example.com", "d@example.com")
    start(acme, source, "a@example.com")
    work()
    assert len({mail.text.split("\n\n")[2] for mail in mails()}) == len(mails()) == 3
    Coupon.update(uses=0).execute()


def test_codes_of_a_tag_are_mailed_of_ones_own_alone(acme, world):
    tagged = desk.coupon(acme, ACCESS, tags=("Press",))
    source = Source("tag", TaggedCoupon.get().tag_id)
    with pytest.raises(Invalid):
        start(world.rival, source, "a@example.com")
    start(acme, source, "a@example.com")
    assert MailedCoupon.get().coupon_id == tagged.id


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"addresses": "ada@example.com\nnobody"}, "addresses"),
        ({"addresses": " "}, "addresses"),
        ({"addresses": "ada@example.com", "message": "x" * 501}, "message"),
        ({"addresses": ", ".join(f"p{number}@example.com" for number in range(2001))}, "addresses"),
    ],
)
@pytest.mark.engine("sqlite")
def test_what_cannot_be_mailed_is_refused_by_its_field(acme, source, given, field):
    with pytest.raises(Invalid) as refused:
        start(acme, source, **given)
    assert refused.value.field == field and CouponMailing.select().count() == MailedCoupon.select().count() == 0


def test_whose_address_is_not_proved_or_whom_nobody_confirmed_writes_to_nobody(acme, source):
    owner = acme.users["owner"]
    proved_at = User.get_by_id(owner.id).proved_at
    log.acting_as(f"user:{owner.id}", acme.id)
    User.update(proved_at=None).where(User.id == owner.id).execute()
    with pytest.raises(Refused, match="not proved yet"):
        start(acme, source, "a@example.com")
    User.update(proved_at=proved_at or clock.now()).where(User.id == owner.id).execute()
    Partner.update(confirmed_at=None).where(Partner.id == acme.id).execute()
    with pytest.raises(Refused, match="operator has to confirm"):
        start(acme, source, "a@example.com")


def test_who_wants_no_such_mail_or_has_got_many_gets_none_and_the_page_says_why(acme, source):
    stops.stop("stop@example.com")
    for _ in range(strangers.A_RECEIVER_A_DAY):
        strangers.refuse_code("many@example.com")
    mailing = start(acme, source, "stop@example.com", "many@example.com", "ada@example.com")
    work()
    assert (again(mailing).state, again(mailing).mailed, again(mailing).failed) == ("done", 1, 2)
    why = {one.mail: one.error for one in lists.who_got(mailing).rows}
    assert "want no mail" in why["stop@example.com"] and "has got 5 mails" in why["many@example.com"]


def test_tags_of_an_address_make_no_other_receiver(acme, source):
    for number in range(strangers.A_RECEIVER_A_DAY):
        strangers.refuse_code(f"ada+{number}@example.com")
    mailing = start(acme, source, "ada+x@example.com")
    work()
    assert (again(mailing).mailed, again(mailing).failed) == (0, 1)


def test_of_a_large_source_a_bounded_number_is_looked_at_the_newest_first(acme, source, monkeypatch):
    monkeypatch.setattr(mailings, "_LOOKED_AT", 3)
    start(acme, source, "a@example.com", "b@example.com", "c@example.com")
    found = mailings.free(acme.id, source)
    assert found == mailings.Free(codes=2, assigned=0, looked_at=3) and not found.is_all


def test_a_partner_mails_so_many_codes_a_day_and_the_rest_goes_the_next_day(acme, source, monkeypatch):
    monkeypatch.setattr(strangers, "CODES_A_DAY", 2)
    mailing = start(acme, source, "a@example.com", "b@example.com", "c@example.com")
    work()
    waiting = again(mailing)
    assert (waiting.state, waiting.mailed, len(mails())) == ("mailing", 2, 2)
    until = lists.waits_until(waiting)
    assert clock.now() < until <= clock.now() + timedelta(days=1) and (until.hour, until.minute) == (0, 0)
    with clock.acting(30 * 86400):  # Mails are written by the wall's clock, whatever a test of the partner's has set.
        assert lists.waits_until(waiting) == until
    monkeypatch.setattr(strangers, "CODES_A_DAY", 3)
    CouponMailing.update(due_at=clock.now()).execute()
    work()
    assert (again(mailing).state, len(mails())) == ("done", 3)


def test_a_canceled_mailing_writes_no_more_and_its_other_codes_are_free_again(acme, source, monkeypatch):
    monkeypatch.setattr(writing, "AT_ONCE", 1)
    mailing = start(acme, source, "a@example.com", "b@example.com")
    writing.work_due()
    mailings.cancel(acme.id, mailing.uuid)
    work()
    assert (again(mailing).state, again(mailing).mailed, len(mails())) == ("canceled", 1, 1)
    assert mailings.free(acme.id, source).codes == 4
    with pytest.raises(Refused, match="ended already"):
        mailings.cancel(acme.id, mailing.uuid)


def test_of_who_is_erased_no_mailing_and_no_mail_knows_and_what_waits_is_not_mailed(acme, world, source, monkeypatch):
    monkeypatch.setattr(writing, "AT_ONCE", 1)
    mia, omar = "mia@members.example", "omar@members.example"
    members.create(acme.id, {"first_name": "Omar", "mail": omar})
    done, mailing = start(acme, source, mia, omar), start(acme, source, omar, mia)
    while again(done).state != "done" or again(mailing).mailed < 1:
        assert writing.work_due()
    members.create(world.rival.id, {"first_name": "Mia", "mail": mia})
    members.erase(members.create(acme.id, {"first_name": "Mia", "mail": mia}))
    work()
    assert [(again(one).state, again(one).mailed, again(one).failed) for one in (done, mailing)] == [
        ("done", 2, 0),
        ("done", 1, 1),
    ]
    assert {row.mail for row in MailedCoupon.select()} - {omar} and mia not in {
        row.mail for row in MailedCoupon.select()
    }
    assert {mail.to for mail in Mail.select()} == {omar}
    assert verify.faults() == []


def test_who_signs_in_to_the_portal_keeps_their_mails_when_they_are_erased_as_a_customer(acme, source):
    mail = acme.users["owner"].mail
    start(acme, source, mail)
    work()
    members.erase(members.create(acme.id, {"first_name": "Olivia", "mail": mail}))
    assert [one.to for one in mails()] == [mail]


def test_what_a_killed_worker_wrote_is_not_written_again(acme, source, monkeypatch):
    """The worker ends after two mails of a piece: the piece is undone, and written whole by whoever goes on."""
    mailing = start(acme, source, "a@example.com", "b@example.com", "c@example.com")
    put, written = writing._put, []

    def dies(mailing, row):
        written.append(put(mailing, row))
        if len(written) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(writing, "_put", dies)
    with pytest.raises(KeyboardInterrupt):
        writing.work_due()
    assert mails() == [] and again(mailing).mailed == 0
    monkeypatch.setattr(writing, "_put", put)
    CouponMailing.update(due_at=clock.now(), lease_ends=None).execute()
    work()
    assert [mail.to for mail in mails()] == ["a@example.com", "b@example.com", "c@example.com"]


def test_a_strangers_mailing_is_found_by_nobody_else(acme, world, source):
    mailing = start(acme, source, "a@example.com")
    for verb in (mailings.find, mailings.cancel):
        with pytest.raises(NotFound):
            verb(world.rival.id, mailing.uuid)
    assert verify.faults() == []


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("kind", ["batch", "tag"])
def test_codes_are_taken_by_their_source_and_no_other_coupon_is_looked_at(engine, kind):
    text = f"EXPLAIN QUERY PLAN {mailings._take(kind, unhanded.condition()).text}"
    plan = [row[-1] for row in database.execute_sql(text, {"partner": 1, "source": 1, "most": 9}).fetchall()]
    assert plan and not any("coupon_of_partner" in step or step.startswith("SCAN") for step in plan), plan
