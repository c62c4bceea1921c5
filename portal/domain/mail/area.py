"""What mail adds to what the areas share."""

from portal.domain.areas import Area
from portal.domain.mail import keeping, tables

AREA = Area(
    tables=(tables.Mail, tables.MailCount, tables.MailStop),
    keeping=keeping.KEEPING,
)
