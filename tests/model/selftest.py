#!/usr/bin/env python3
"""The model against the worked examples of the rules and their written edges."""
import os
import sys
import tempfile
import unittest
from fractions import Fraction

import model
from book import Book, day_of, text_of
from random_book import generate

DAY = day_of("2026-03-31")
BLANK = dict.fromkeys(
    ("name arr status churned_on contract_start renewal_date growth reference marquee"
     " advocate parent_expansion complexity maturity stakeholders seats_purchased"
     " features_available onboarding_started first_value_on").split(), "")


def date(age):
    """The day that many days before DAY."""
    return text_of(DAY - age)


def book_of(**columns):
    """A book of the one account A."""
    book = Book()
    add(book, "A", **columns)
    return book


def add(book, account, **columns):
    book.add_row("accounts", dict(BLANK, account_id=account, **columns))


def record(book, table, account="A", **columns):
    """A row; numbers under date columns are ages, None is a blank."""
    dates = ("date", "since", "left_on", "opened_on", "start", "end")
    row = {name: "" if value is None else date(value) if name in dates else str(value)
           for name, value in columns.items()}
    book.add_row(table, dict(row, account_id=account))


def signal(book, name, value, age, account="A"):
    record(book, "signals", account, signal=name, value=value, date=age)


def touch(book, age, two_way="yes"):
    record(book, "touches", date=age, two_way=two_way)


def ticket(book, number, age, account="A"):
    record(book, "tickets", account, ticket_id=number, opened_on=age)


def survey(book, kind, score, age):
    record(book, "surveys", kind=kind, score=score, date=age)


def contact(book, role, since=None, left=None):
    record(book, "contacts", role=role, since=since, left_on=left)


def contract(book, number, start, end, arr):
    record(book, "contracts", contract_id=number, start=start, end=end, arr=arr)


def movement(book, kind, age, delta):
    record(book, "movements", kind=kind, date=age, arr_delta=delta)


def inputs(book):
    """{component: input} of those present."""
    return {name: value for name, value, *_ in model.health_of(book, "A", DAY)[2]}


def row(book, account="A"):
    return model.figures(book, DAY)[account]


def content(path):
    with open(path, "rb") as file:
        return file.read()


class Arithmetic(unittest.TestCase):
    def test_curve(self):
        points = ((0, 100), (14, 100), (45, 50), (90, 0))
        for x, y in ((-5, 100), (0, 100), (14, 100), (29.5, 75), (45, 50), (91, 0)):
            self.assertEqual(model.curve(points, Fraction(x)), y)

    def test_percentile_ranks(self):
        self.assertEqual(model.percentile_ranks({"a": 7}), {"a": 50})
        self.assertEqual(model.percentile_ranks({"a": 1, "b": 3, "c": 3, "d": 9}),
                         {"a": Fraction("12.5"), "b": 50, "c": 50, "d": Fraction("87.5")})

    def test_caps(self):
        for tier, active, cap in ((1, 99, 9), (1, 100, 10), (1, 9, 1), (1, 0, 1),
                                  (2, 99, 29), (2, 3, 1), (2, 10, 3)):
            self.assertEqual(model.cap_of(tier, active), cap, (tier, active))

    def test_weights(self):
        self.assertEqual(sum(weight for _, weight, _, _ in model.HEALTH), 100)
        self.assertEqual(sum(model.EFFORT.values()), 100)


class Health(unittest.TestCase):
    def full(self, values, champion_left, renewal):
        book = book_of(seats_purchased="100", features_available="100",
                       renewal_date=date(-renewal))
        for name, value in values.items():
            signal(book, name, value, 0)
        touch(book, 200 if champion_left else 0)
        for role in ("champion", "sponsor"):
            contact(book, role, left=1 if champion_left else None)
        return row(book)

    def test_worst_is_1(self):
        worst = self.full({"active_days": 0, "features_used": 0, "tickets_90d": 99,
                           "nps": 0, "seats_active": 0}, True, -5)
        self.assertEqual((worst["health"], worst["coverage"]), (1, 1))

    def test_best_is_100(self):
        best = self.full({"active_days": 28, "features_used": 85, "tickets_90d": 0,
                          "nps": 10, "seats_active": 80}, False, 180)
        self.assertEqual((best["health"], best["coverage"]), (100, 1))

    def test_unknown_below_40_percent(self):
        book = book_of()
        signal(book, "active_days", 8, 0)                    # 25
        self.assertEqual(row(book)["health"], None)
        survey(book, "nps", 6, 0)                            # + 15 = 40
        self.assertEqual(row(book)["coverage"], Fraction("0.40"))
        self.assertEqual(row(book)["health"], 46)            # (25 * 50 + 15 * 40) / 40

    def test_limits(self):
        for component, name, limit in (
                ("usage", "active_days", 14), ("adoption", "features_used", 45),
                ("support", "tickets_90d", 30), ("sentiment", "csat", 180),
                ("utilisation", "seats_active", 45)):
            for age in (-1, 0, limit, limit + 1):
                book = book_of(seats_purchased="10", features_available="10")
                signal(book, name, 3, age)
                self.assertEqual(component in inputs(book), 0 <= age <= limit,
                                 (component, age))

    def test_sentiment_prefers_nps(self):
        book = book_of()
        survey(book, "csat", 4, 0)
        self.assertEqual(inputs(book)["sentiment"], 8)
        signal(book, "nps", 2, 9)
        self.assertEqual(inputs(book)["sentiment"], 2)
        survey(book, "nps", 9, 8)
        self.assertEqual(inputs(book)["sentiment"], 9)

    def test_support(self):
        book = book_of()
        signal(book, "tickets_90d", 4, 0)
        self.assertEqual(inputs(book)["support"], 4)
        signal(book, "seats_active", 20, 45)
        self.assertEqual(inputs(book)["support"], 2)
        ticket(book, "T0", -1, "B")       # still to come: the signal counts
        self.assertEqual(inputs(book)["support"], 2)
        ticket(book, "T1", 500, "B")      # the book holds tickets: none for A
        self.assertEqual(inputs(book)["support"], 0)
        for number, age in (("T2", 89), ("T3", 90), ("T4", 0), ("T5", -1)):
            ticket(book, number, age)
        self.assertEqual(inputs(book)["support"], 1)

    def test_no_denominator(self):
        for purchased in ("", "0"):
            book = book_of(seats_purchased=purchased, features_available=purchased)
            signal(book, "seats_active", 3, 0)
            signal(book, "features_used", 3, 0)
            self.assertEqual(inputs(book), {})

    def test_engagement(self):
        book = book_of()
        touch(book, 3, "no")
        touch(book, -1)
        self.assertNotIn("engagement", inputs(book))
        touch(book, 20)
        self.assertEqual(inputs(book)["engagement"], 20)

    def test_stakeholder(self):
        for people, expected in (
                ([("champion", None, None), ("sponsor", 0, -1)], 100),
                ([("champion", None, None), ("champion", None, None)], 60),
                ([("champion", None, 0), ("sponsor", None, None)], 60),
                ([("champion", 9, 0)], 0), ([("sponsor", -1, None)], None),
                ([], None)):
            book = book_of()
            for role, since, left in people:
                contact(book, role, since, left)
            self.assertEqual(inputs(book).get("stakeholder"), expected, people)

    def test_settling(self):
        for age, present in ((-1, True), (0, False), (29, False), (30, True)):
            book = book_of(onboarding_started=date(age))
            signal(book, "active_days", 5, 0)
            self.assertEqual("usage" in inputs(book), present, age)

    def test_pulse(self):
        for value, age, health in ((1, 90, 49), (1, 91, 100), (2, 0, 100), (3, 0, 100)):
            book = book_of()
            signal(book, "active_days", 20, 0)
            signal(book, "tickets_90d", 0, 0)
            signal(book, "pulse", value, age)
            self.assertEqual(row(book)["health"], health, (value, age))
        book = book_of()
        signal(book, "pulse", 1, 0)
        self.assertIsNone(row(book)["health"])


class Value(unittest.TestCase):
    def test_growing_outranks_flat(self):
        book = book_of(arr="40000", growth="0.40")
        add(book, "B", arr="80000")
        self.assertEqual(row(book)["value_cents"], 10976000)
        self.assertEqual(row(book, "B")["value_cents"], 8000000)
        self.assertEqual(row(book)["value_pct"], 75)

    def test_growth_is_clamped(self):
        for given, value in (("-0.9", 12500), ("-0.5", 12500), ("1.0", 800000),
                             ("7", 800000)):
            self.assertEqual(row(book_of(arr="1000", growth=given))["value_cents"], value)

    def test_flags(self):
        book = book_of(arr="100", reference="yes", marquee="yes", advocate="yes",
                       parent_expansion="yes")
        self.assertEqual(row(book)["value_cents"], 17000)

    def test_rounding(self):
        self.assertEqual(row(book_of(arr="0.10", reference="yes"))["value_cents"], 12)

    def test_growth_from_movements(self):
        book = book_of(arr="1500")
        movement(book, "expansion", 364, "600")
        movement(book, "contraction", 0, "-100")
        movement(book, "expansion", 365, "5000")   # before the window
        movement(book, "expansion", -1, "5000")    # still to come
        self.assertEqual(row(book)["growth"], Fraction(1, 2))
        movement(book, "new", 300, "1000")         # nothing was there a year ago
        self.assertEqual(row(book)["growth"], 0)

    def test_contracts(self):
        book = book_of(arr="7")
        contract(book, "C0", -1, None, "100")
        self.assertEqual(row(book)["arr_cents"], 700)
        contract(book, "C1", 0, None, "20")
        contract(book, "C2", 9, 0, "300")          # its end is exclusive
        contract(book, "C3", 9, -1, "4000")
        self.assertEqual(row(book)["arr_cents"], 402000)

    def test_active(self):
        for columns, active in (
                ({}, True), ({"status": "churned"}, False),
                ({"status": "churned", "churned_on": date(0)}, False),
                ({"status": "churned", "churned_on": date(-1)}, True),
                ({"contract_start": date(0)}, True),
                ({"contract_start": date(-1)}, False)):
            self.assertEqual("A" in model.figures(book_of(**columns), DAY), active)


class Effort(unittest.TestCase):
    def test_nothing_present(self):
        self.assertEqual(row(book_of())["effort"], 50)

    def test_components(self):
        book = book_of(complexity="80", maturity="30", stakeholders="2",
                       onboarding_started=date(90), renewal_date=date(-105))
        signal(book, "active_days", 0, 0)
        signal(book, "tickets_90d", 5, 0)
        shaky = row(book)
        self.assertEqual(shaky["health"], 13)  # (15 * 40/3 + 5 * 75) / 45 = 12.8
        self.assertEqual(shaky["effort_components"], {
            "complexity": 80, "low maturity": 70, "stakeholders": 20, "onboarding": 100,
            "renewal risk": Fraction("43.5"), "ticket load": 50})
        self.assertEqual(shaky["effort"], Fraction("61.2"))

    def test_onboarding(self):
        for started, reached, expected in ((None, None, None), (9, None, 100),
                                           (9, 0, 0), (9, -1, 100), (-1, None, None)):
            columns = {"onboarding_started": "" if started is None else date(started),
                       "first_value_on": "" if reached is None else date(reached)}
            scores = row(book_of(**columns))["effort_components"]
            self.assertEqual(scores.get("onboarding"), expected, columns)

    def test_shaky_renewal_needs_more(self):
        book = Book()
        for account, days, active in (("calm", 300, 20), ("shaky", 4, 4)):
            add(book, account, arr="200000", complexity="20", maturity="80",
                renewal_date=date(-300 if account == "calm" else -21))
            signal(book, "active_days", active, 0, account)
            signal(book, "tickets_90d", 0 if account == "calm" else 5, 0, account)
        self.assertGreater(row(book, "shaky")["tier_score"],
                           row(book, "calm")["tier_score"])


class Reviews(unittest.TestCase):
    """Tables of (score, value) instead of books."""

    def setUp(self):
        self.tiers, self.table = model.Tiers(), {}

    def scores(self, **scores):
        for account, score in scores.items():
            self.table[account] = {"tier_score": Fraction(score), "value_cents": 1}

    def fill(self, count, score=0):
        self.scores(**{"filler%02d" % i: score for i in range(count)})

    def review(self, day):
        answer = self.tiers.review(self.table, day)
        return [(m["account"], m["from"], m["to"], m["cause"], m["pair"])
                for m in answer["moves"] if not m["account"].startswith("filler")]

    def tier(self, account):
        return self.tiers.standing[account].tier

    def test_placement(self):
        self.fill(16)
        self.scores(a=70, b=75, c=90, d="69.99", e=40, f="39.99")  # 22: caps 2 and 6
        self.review(0)
        self.assertEqual([self.tier(x) for x in "abcdef"], [2, 1, 1, 2, 2, 3])

    def test_ties_by_value_then_id(self):
        self.fill(3)                            # 6: caps 1 and 1
        self.scores(b=80, a=80, c=80)
        self.table["c"]["value_cents"] = 2
        self.review(0)
        self.assertEqual([self.tier(x) for x in "cab"], [1, 2, 3])

    def test_demotion_needs_two_reviews_and_60_days(self):
        self.fill(9)
        self.scores(a=80)
        self.review(0)
        self.scores(a=67)
        self.assertEqual(self.review(30), [])   # 67 is not below 70 - 3
        self.scores(a="66.9")
        self.assertEqual(self.review(40), [])
        self.assertEqual(self.review(59), [])
        self.assertEqual(self.review(60), [("a", 1, 2, "demotion", None)])
        self.assertEqual(self.review(60), [])

    def test_streak_is_interrupted(self):
        self.fill(9)
        self.scores(a=80)
        self.review(0)
        for day, score in ((60, 60), (70, 68), (80, 60)):
            self.scores(a=score)
            self.assertEqual(self.review(day), [])
        self.assertEqual(self.review(90), [("a", 1, 2, "demotion", None)])

    def test_promotion_into_room_skips_a_band(self):
        self.fill(9)
        self.scores(a=10)
        self.review(0)
        self.scores(a=73)
        self.assertEqual(self.review(59), [])
        self.assertEqual(self.review(60), [("a", 3, 1, "promotion", None)])

    def test_swap_needs_5(self):
        self.fill(8)
        self.scores(a=80, b=60)
        self.review(0)
        self.scores(b="84.99")
        self.assertEqual(self.tiers.review(self.table, 60)["waitlist"], ["b"])
        self.scores(b=85)
        self.assertEqual(self.review(61), [("a", 1, 2, "swap", "b"),
                                           ("b", 2, 1, "swap", "a")])

    def test_cap(self):
        self.fill(17)
        self.scores(a=80, b=90, c=50)
        self.review(0)
        self.assertEqual((self.tier("a"), self.tier("b")), (1, 1))
        del self.table["filler00"]
        self.assertEqual(self.review(1), [("a", 1, 2, "cap", None)])

    def test_locks(self):
        self.fill(17)
        self.scores(a=80, b=90, c=50)
        self.review(0)
        self.tiers.locks = {"a": 500, "b": 500}
        del self.table["filler00"]
        self.scores(c=99)
        answer = self.tiers.review(self.table, 70)
        self.assertEqual((answer["moves"], answer["violations"], answer["waitlist"]),
                         ([], [1], ["c"]))


class Generator(unittest.TestCase):
    def test_same_seed_same_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            texts = []
            for name in ("one", "two"):
                folders, _ = generate(7, 60, os.path.join(folder, name))
                texts.append([content(os.path.join(path, file)) for path in folders
                              for file in sorted(os.listdir(path)) if "." in file])
            self.assertEqual(*texts)


if __name__ == "__main__":
    RESULT = unittest.main(exit=False, verbosity=0).result
    BAD = len(RESULT.failures) + len(RESULT.errors)
    print("%d passed, %d failed" % (RESULT.testsRun - BAD, BAD))
    sys.exit(1 if BAD else 0)
