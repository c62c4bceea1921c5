"""What always holds of imports of customers."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "Import of customers {uuid}: it counts {done} rows that were imported, but {found} of its rows were.",
        """SELECT i.uuid, i.done, COUNT(r.id) AS found FROM card_import i
            LEFT JOIN card_import_row r ON r.card_import_id = i.id AND r.state IN ('done', 'undone', 'stayed')
        WHERE i.forget_at > 0 GROUP BY i.uuid, i.done HAVING COUNT(r.id) <> i.done""",
    ),
)
