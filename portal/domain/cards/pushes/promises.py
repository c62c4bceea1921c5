"""What always holds of pushes."""

from portal.domain.areas import Check

_COUNTED = ", ".join(
    f"COUNT(CASE WHEN r.state = '{state}' THEN 1 END) AS {state}" for state in ("sent", "failed", "cancelled")
)
PROMISES = (
    Check(
        "Push {uuid}: it counts {recipients} recipients, {sent} sent, {failed} failed, {cancelled} passed over and {shown} shown, but "
        "they are {found}.",
        f"""SELECT p.uuid, p.recipients, p.sent, p.failed, p.cancelled, p.shown, r.recipients || ', ' || r.sent || ', ' || r.failed
            || ', ' || r.cancelled || ' and ' || r.shown AS found FROM push p JOIN (
            SELECT p.id, COUNT(r.id) AS recipients, {_COUNTED},
                COUNT(CASE WHEN r.state IN ('sent', 'failed') THEN r.shown_at END) AS shown
            FROM push p LEFT JOIN push_recipient r ON r.push_id = p.id GROUP BY p.id) r ON r.id = p.id
        WHERE p.forgotten = 0 AND (p.recipients <> r.recipients OR p.sent <> r.sent OR p.failed <> r.failed
            OR p.cancelled <> r.cancelled OR p.shown <> r.shown)""",
    ),
    Check(
        "Push {uuid}: of {recipients} recipients {forgotten} are forgotten and {found} are left, or it counts more than it had.",
        """SELECT p.uuid, p.recipients, p.forgotten, COUNT(r.id) AS found FROM push p LEFT JOIN push_recipient r ON r.push_id = p.id
        WHERE p.forgotten <> 0 GROUP BY p.id, p.uuid, p.recipients, p.forgotten, p.sent, p.failed, p.cancelled, p.ended_at
        HAVING p.forgotten + COUNT(r.id) <> p.recipients OR p.sent + p.failed + p.cancelled <> p.recipients OR p.ended_at IS NULL""",
    ),
    Check(
        "Push {uuid}: it is {state}, but {found} of its recipients wait.",
        """SELECT p.uuid, p.state, COUNT(r.id) AS found FROM push p JOIN push_recipient r ON r.push_id = p.id
        WHERE (p.state IN ('sent', 'failed', 'scheduled') AND r.due_at IS NOT NULL) OR (p.state = 'cancelled' AND r.state = 'queued')
        GROUP BY p.uuid, p.state""",
    ),
    Check(
        "Push {uuid}: it went to the card {serial}, which is another partner's or of another template.",
        """SELECT p.uuid, c.serial FROM push p JOIN push_recipient r ON r.push_id = p.id JOIN card c ON c.id = r.card_id
        WHERE r.partner_id <> p.partner_id OR c.partner_id <> p.partner_id OR c.template_id <> p.template_id""",
    ),
    Check(
        "Push {uuid}: it tells of an operation of another partner’s.",
        """SELECT p.uuid FROM push p JOIN card_operation o ON o.id = p.operation_id WHERE o.partner_id <> p.partner_id""",
    ),
    Check(
        "Automatic push {id}: it, or one that was sent by it, is of another partner or of another template.",
        """SELECT DISTINCT a.id FROM automatic_push a JOIN card_template t ON t.id = a.template_id
        LEFT JOIN push p ON p.automatic_id = a.id
        WHERE t.partner_id <> a.partner_id OR p.partner_id <> a.partner_id OR p.template_id <> a.template_id""",
    ),
    Check(
        "A browser of a customer shows the pushes of another partner ({endpoint}).",
        """SELECT s.endpoint FROM push_subscription s JOIN member m ON m.id = s.member_id WHERE m.partner_id <> s.partner_id""",
    ),
)
