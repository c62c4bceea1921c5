"""The columns of files of customers and their cards."""

from portal.domain.importing import files

# What is known of a person, as the domain calls it.
PERSON = ("first_name", "surname", "phone", "mail", "gender", "date_of_birth", "external_user_id")
KNOWN_BY = ("phone", "mail", "external_user_id", "id")
# What is on a card, as the card counts it.
BALANCES = ("uses", "rewards", "balance", "bonus", "visits", "spent")
FIELDS = (*PERSON, "id", "template", "serial", *BALANCES)
# How the export, the API and other programs name the columns.
_NAMES = {
    "first_name": ("firstname", "first_name", "name", "given_name", "vorname", "имя"),
    "surname": ("surname", "lastname", "last_name", "family_name", "nachname", "фамилия"),
    "phone": ("phone", "phone_number", "telephone", "mobile", "mobile_phone", "tel", "telefon", "телефон"),
    "mail": ("email", "e_mail", "mail", "email_address", "mail_address", "почта"),
    "gender": ("gender", "sex", "geschlecht", "пол"),
    "date_of_birth": (
        "dateofbirth", "date_of_birth", "birthday", "birthdate", "birth_date", "geburtsdatum", "geburtstag", "дата_рождения",
    ),
    "external_user_id": ("externaluserid", "external_user_id", "external_id", "id_in_your_software"),
    "id": ("id", "customer_id", "customerid"),
    "template": ("template", "card_template", "program", "programm", "шаблон"),
    "serial": ("card", "serial", "card_number", "cardnumber", "serial_number", "kartennummer", "номер_карты"),
    "uses": ("currentnumberofuses", "stamps", "uses", "stempel", "штампы"),
    "rewards": ("numberrewardsunused", "rewards", "prämien"),
    "balance": ("balance", "credit", "guthaben", "баланс"),
    "bonus": ("bonusbalance", "points", "bonus", "cashback", "punkte", "баллы", "бонусы", "кэшбэк"),
    "visits": ("visits", "countvisits", "besuche", "визиты"),
    "spent": ("spent", "money_spent", "turnover", "umsatz"),
}  # fmt: skip
# What the API calls each: reports and samples speak so.
WIRE = {
    "first_name": "firstName", "surname": "surname", "phone": "phone", "mail": "email", "gender": "gender",
    "date_of_birth": "dateOfBirth", "external_user_id": "externalUserId", "id": "id", "template": "template",
    "serial": "card", "uses": "currentNumberOfUses", "rewards": "numberRewardsUnused", "balance": "balance",
    "bonus": "bonusBalance", "visits": "visits", "spent": "spent",
}  # fmt: skip


def opened(body: bytes) -> files.Sheet:
    """The file that was uploaded. Raises Invalid with what would mend it."""
    return files.opened(body, mapped)


def mapped(head: list[str]) -> dict[str, int]:
    """By field: the first column that is named as one of its names, whatever its capitals and spaces."""
    return files.columns_named(head, _NAMES)


def is_clear(mapping: dict[str, int]) -> bool:
    """Whether it says who the customers are."""
    return "first_name" in mapping and any(field in mapping for field in KNOWN_BY)
