"""The canonical CSV files as the model sees them: everything on record, by account."""
import csv
import datetime
import os
from fractions import Fraction

KINDS = ("csms", "accounts", "contacts", "signals", "tickets", "surveys", "touches",
         "contracts", "movements")
TRUE = ("yes", "true", "1")


def day_of(text):
    """Days since some fixed day, None for a blank."""
    return datetime.date.fromisoformat(text).toordinal() if text else None


def text_of(day):
    return datetime.date.fromordinal(day).isoformat()


def number(text):
    return Fraction(text) if text else None


def cents(text):
    return int(Fraction(text) * 100) if text else None


class Book:
    """Everything on record. add() imports a folder over what is there already."""

    def __init__(self):
        self.accounts = {}
        self.signals = {}    # (account, name) -> {day: value}
        self.tickets = {}    # ticket -> (account, opened)
        self.contracts = {}  # contract -> (account, start, end, cents)
        self.contacts = []   # (account, role, since, left)
        self.surveys = []    # (account, kind, day, score)
        self.touches = []    # (account, day, two-way)
        self.movements = []  # (account, day, kind, cents)
        self.index = None

    def add(self, folder):
        for kind in KINDS[1:]:
            path = os.path.join(folder, kind + ".csv")
            if os.path.exists(path):
                with open(path, encoding="utf-8", newline="") as file:
                    for row in csv.DictReader(file):
                        self.add_row(kind, row)

    def add_row(self, kind, row):
        getattr(self, "add_" + kind)(row)
        self.index = None  # made anew when asked for

    def add_accounts(self, row):
        self.accounts.setdefault(row["account_id"], {}).update(row)

    def add_contacts(self, row):
        self.contacts.append((row["account_id"], row["role"], day_of(row["since"]),
                              day_of(row["left_on"])))

    def add_signals(self, row):
        series = self.signals.setdefault((row["account_id"], row["signal"]), {})
        series[day_of(row["date"])] = number(row["value"])

    def add_tickets(self, row):
        self.tickets[row["ticket_id"]] = (row["account_id"], day_of(row["opened_on"]))

    def add_surveys(self, row):
        self.surveys.append((row["account_id"], row["kind"], day_of(row["date"]),
                             number(row["score"])))

    def add_touches(self, row):
        self.touches.append((row["account_id"], day_of(row["date"]),
                             row["two_way"] in TRUE))

    def add_contracts(self, row):
        self.contracts[row["contract_id"]] = (
            row["account_id"], day_of(row["start"]), day_of(row["end"]),
            cents(row["arr"]))

    def add_movements(self, row):
        self.movements.append((row["account_id"], day_of(row["date"]), row["kind"],
                               cents(row["arr_delta"])))

    def of(self, table, account):
        """The account's rows of a table."""
        if self.index is None:
            self.index = {}
            for name in ("contacts", "surveys", "touches", "movements", "tickets",
                         "contracts"):
                rows = getattr(self, name)
                for row in rows.values() if isinstance(rows, dict) else rows:
                    self.index.setdefault((name, row[0]), []).append(row)
        return self.index.get((table, account), [])


def latest(rows, day):
    """The newest of (day, value) dated on or before the day, as (value, its day)."""
    known = [(when, value) for when, value in rows if when <= day]
    if not known:
        return None
    when, value = max(known, key=lambda row: row[0])
    return value, when


def latest_signal(book, account, name, day):
    return latest(book.signals.get((account, name), {}).items(), day)
