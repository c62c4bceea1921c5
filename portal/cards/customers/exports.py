"""Customers as files: those that are filtered as CSV, and all that is known of one person."""

from zoneinfo import ZoneInfo

from flask import current_app, g

from portal import clock
from portal.cards import reports
from portal.cards.customers import filters, handing_out
from portal.domain.cards.customers import lists
from portal.domain.cards.customers.lists import CustomerRow
from portal.domain.members import members
from portal.web import spreadsheets

HEAD = [
    "firstName", "surname", "phone", "email", "gender", "dateOfBirth", "externalUserId", "cards", "lastSeen", "createdAt", "id",
    "member_id",
]  # fmt: skip


def csv():
    """All that is filtered, newest first. Times are the partner's, with their distance from UTC."""
    reports.refuse_without()
    chosen = filters.read().chosen
    zone = ZoneInfo(g.partner.time_zone)
    name = spreadsheets.file_name("customers", clock.now(), g.partner.time_zone)
    return spreadsheets.download(name, HEAD, (_cells(row, zone) for row in lists.each(g.partner.id, chosen)))


def person(customer_id: str):
    """All that is known of one person, as one file."""
    member = members.find(g.partner.id, customer_id)
    response = current_app.response_class(handing_out.written(member), mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=f"customer-{member.uuid}.json")
    return response


def _cells(row: CustomerRow, zone: ZoneInfo) -> list:
    times = [moment and moment.astimezone(zone).isoformat(timespec="seconds") for moment in (row.seen, row.since)]
    return [
        row.first_name, row.surname, row.phone_typed, row.mail, row.gender, row.date_of_birth, row.external_user_id, row.cards,
        *times, row.uuid, row.id,
    ]  # fmt: skip
