"""What always holds of customers."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "Partner {slug} has {found} customers, but its lists say {total}.",
        """SELECT p.slug, COALESCE(n.found, 0) AS found, COALESCE(t.total, 0) AS total FROM partner p
            LEFT JOIN (SELECT partner_id, COUNT(*) AS found FROM member
                WHERE erased_at IS NULL AND merged_into_id IS NULL GROUP BY partner_id) n ON n.partner_id = p.id
            LEFT JOIN (SELECT partner_id, SUM(total) AS total FROM list_total WHERE kind = 'customers'
                GROUP BY partner_id) t ON t.partner_id = p.id
        WHERE COALESCE(n.found, 0) <> COALESCE(t.total, 0)""",
    ),
    Check(
        "Customer {uuid} was merged into one of another partner, or into one that was merged itself.",
        """SELECT m.uuid FROM member m JOIN member n ON n.id = m.merged_into_id
        WHERE n.partner_id <> m.partner_id OR n.merged_into_id IS NOT NULL""",
    ),
    Check(
        "Customer {uuid} was erased or merged, but something of the person is left.",
        """SELECT uuid FROM member WHERE (erased_at IS NOT NULL OR merged_into_id IS NOT NULL) AND (first_name <> ''
            OR COALESCE(surname, phone, phone_typed, mail, external_user_id, password_hash) IS NOT NULL
            OR date_of_birth IS NOT NULL OR gender IS NOT NULL)""",
    ),
    Check(
        "Customer {uuid} is found by no word, or by another partner, or by words though it is there no more.",
        """SELECT m.uuid FROM member m WHERE (SELECT COUNT(*) FROM member_word w WHERE w.member_id = m.id) = 0
            AND m.erased_at IS NULL AND m.merged_into_id IS NULL AND m.phone IS NOT NULL
        UNION SELECT m.uuid FROM member_word w JOIN member m ON m.id = w.member_id
            WHERE w.partner_id <> m.partner_id OR m.erased_at IS NOT NULL OR m.merged_into_id IS NOT NULL""",
    ),
    Check(
        "Customer {uuid} has a phone that nobody typed, or typed one that is none.",
        "SELECT uuid FROM member WHERE (phone IS NULL) <> (phone_typed IS NULL)",
    ),
    Check(
        "Customer {uuid} is in segment {name} of another partner, in one that has a rule, or was erased or merged.",
        """SELECT m.uuid, s.name FROM segment_member i JOIN segment s ON s.id = i.segment_id JOIN member m ON m.id = i.member_id
        WHERE s.partner_id <> m.partner_id OR s.rule IS NOT NULL OR m.erased_at IS NOT NULL OR m.merged_into_id IS NOT NULL""",
    ),
)
