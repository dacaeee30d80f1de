#!/usr/bin/env python3
"""A second opinion on tierdesk's rules: a naive implementation of the rules'
own page (core/RULES.md), in exact fractions, default policy only.

    model.py DIR... --as-of DAY             the figures of every active account, as JSON
    model.py DIR... --reviews DAY,DAY,...   those reviews applied one after the other

A DIR holds canonical CSV files; later folders are imported over earlier ones.

It shares nothing with the program but the page, so a difference is either a defect or
a sentence that can be read in two ways. Those sentences, how they are read here, and
the other reading in brackets:

Health
 R1  Sentiment takes the last NPS answer; when that one is too old the component is
     missing, even beside a fresh CSAT answer. [fall back to the CSAT answer]
 R2  Zero active seats divide nothing: support is then counted per account, as with
     unknown seats. [missing; or 0 points as soon as there is a ticket]
 R3  Support's limit of 30 days concerns a tickets_90d signal; counted ticket rows are
     of the day itself. [age of the newest ticket]
 R4  "The book holds tickets at all" means tickets opened on or before the day, by
     the as-of rule. [any row]
 R5  Stakeholder knows champions and sponsors only: with nothing but users and billing
     contacts it is missing. [0, as contacts are known]
 R6  A contact whose `since` is still to come is not known yet. [known: 0 points]
 R7  Settling covers the days 0..29 after onboarding started. [0..30]
 R8  A component left out while settling counts as absent for the coverage too: the
     divisor stays 100. [leaves the divisor as well]; it settles no more once
     30 days are over, first value or not. [ends with first value]
 R9  A pulse is valid up to and including an age of 90 days, like the limits. [89]
 R10 A yellow pulse changes nothing. [holds health at 74 or less]
 R11 The latest pulse counts alone: a yellow or green one ends an earlier red.
     [any red of the last 90 days]
 R12 CSAT between two answers (3.5) is interpolated. [rounded]
 R13 A negative number of days to renewal (overdue) is flat, like 0. [missing]
Value
 R14 Contracts that start after the day are not there. An account with contracts has
     the sum of those running, which may be 0. [its own ARR when none is running]
 R15 The ARR 365 days ago is that of the contracts then; without contracts the ARR
     minus all movements, of every kind, of the last 365 days.
     [always ARR minus movements; the sum of the movements until then]
 R16 Movements change no ARR: it is what the accounts or the contracts say.
     [accounts' ARR is rolled back by movements after the day]
 R17 A contraction's arr_delta is negative. [its amount is taken off]
Effort
 R18 Ticket load has no limit of age: a tickets_90d signal counts until the next one.
     [30 days as in health]
 R19 Onboarding dates after the day are not there; first value reached without a start
     on record gives 0. [missing]
Review
 R20 In later reviews the new ones are placed by the walk of the first review, in the
     room that the incumbents leave before anyone is demoted.
 R21 Newly placed accounts are members for the cap and for swaps, so that one review may
     move an account twice. [one move per account and review]
 R22 Only a review that is neither (or the opposite) resets a streak; a move does not.
     [a move resets it]
 R23 The member of a swap goes one band down like every demotion; when that leaves one
     too many in tier 2, its cap is settled before its promotions.
     [the two exchange their tiers, 3 <-> 1]
 R24 Both moves of a swap have the cause "swap", and `pair` is the other's account id.
     [promotion and demotion; a move's number]
 R25 Who is waitlisted for tier 1 may still be promoted to tier 2, and stays on the
     list. [leaves it]
 R26 With locks over the cap nobody enters the tier, by a swap neither; candidates are
     waitlisted.
 R27 A lock holds until before its date. [including it]
 R28 Accounts that are not active hold no place and are not moved.
 R29 A second review of the same day counts no streak again.
 R30 The weakest is the last by score, value and id: among equals the larger id goes.
"""
import argparse
import json
import math
import sys
from fractions import Fraction

from book import TRUE, Book, cents, day_of, latest, latest_signal, number

# The shipped policy: name, weight, curve, too old after.
HEALTH = (
    ("usage", 25, ((0, 0), (4, 30), (12, 70), (20, 100)), 14),
    ("adoption", 20, ((0, 0), (30, 40), (60, 80), (85, 100)), 45),
    ("support", 15, ((0, 100), (1, 80), (3, 40), (6, 0)), 30),
    ("sentiment", 15, ((0, 0), (6, 40), (8, 75), (10, 100)), 180),
    ("utilisation", 10, ((0, 0), (50, 50), (80, 100)), 45),
    ("engagement", 5, ((0, 100), (14, 100), (45, 50), (90, 0)), None),
    ("stakeholder", 5, None, None),
    ("renewal", 5, ((0, 20), (30, 40), (90, 70), (180, 100)), None),
)
LIMIT = {name: limit for name, _, _, limit in HEALTH}
CSAT_AS_NPS = ((1, 0), (2, 3), (3, 6), (4, 8), (5, 10))
MIN_COVERAGE = Fraction("0.40")
SETTLING = ("usage", "adoption", "utilisation")
SETTLING_DAYS = 30
PULSE_DAYS, PULSE_RED, RED_HOLDS_AT = 90, 1, 49
TICKET_WINDOW = 90
GROWTH_WINDOW = 365
GROWTH_MIN, GROWTH_MAX = Fraction("-0.5"), Fraction("1.0")
FLAGS = {"reference": Fraction("0.15"), "marquee": Fraction("0.20"),
         "advocate": Fraction("0.10"), "parent_expansion": Fraction("0.25")}
MAX_FACTOR = Fraction("2.0")
EFFORT = {"complexity": 30, "low maturity": 15, "stakeholders": 15, "onboarding": 10,
          "renewal risk": 20, "ticket load": 10}
STAKEHOLDERS = ((1, 0), (3, 40), (8, 100))
TICKET_LOAD = ((0, 0), (5, 50), (15, 100))
PROXIMITY = ((30, 1), (180, 0))
ASSUMED_EFFORT = 50
VALUE_SHARE, EFFORT_SHARE = Fraction("0.7"), Fraction("0.3")
THRESHOLD = {1: 70, 2: 40}
CAP_PERCENT = {1: 10, 2: 30}
CANDIDATE_MARGIN, SWAP_MARGIN = 3, 5
DOWN_STREAK, DWELL_DAYS = 2, 60


# Arithmetic

def curve(points, x):
    """Linear between the points, flat beyond both ends."""
    if x <= points[0][0]:
        return Fraction(points[0][1])
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        if x <= x1:
            return y0 + (x - x0) * Fraction(y1 - y0) / (x1 - x0)
    return Fraction(points[-1][1])


def percentile_ranks(values):
    """{key: 100 * (less + 0.5 * equal) / n}, equal including the key's own."""
    ordered = sorted(values.values())
    less, equal = {}, {}
    for i, value in enumerate(ordered):
        less.setdefault(value, i)
        equal[value] = equal.get(value, 0) + 1
    return {key: (less[v] + Fraction(equal[v]) / 2) * 100 / len(ordered)
            for key, v in values.items()}


def clamp(x, low, high):
    return max(low, min(high, x))


def cap_of(tier, active):
    return max(1, CAP_PERCENT[tier] * active // 100)


# What is known of an account on a day: pairs (value, day of the value), None if missing

def fresh(pair, day, limit):
    """The pair, unless missing or too old."""
    if pair is None or (limit is not None and day - pair[1] > limit):
        return None
    return pair


def is_active(row, day):
    churned = day_of(row["churned_on"])
    if churned is not None and churned <= day:
        return False
    if row["status"] == "churned" and churned is None:
        return False
    start = day_of(row["contract_start"])
    return start is None or start <= day


def tickets_90d(book, account, day):
    if any(opened <= day for _, opened in book.tickets.values()):            # R4
        count = sum(day - TICKET_WINDOW < opened <= day
                    for _, opened in book.of("tickets", account))
        return Fraction(count), day                                         # R3
    return latest_signal(book, account, "tickets_90d", day)


def support(book, account, day):
    tickets = tickets_90d(book, account, day)
    if tickets is None:
        return None
    seats = fresh(latest_signal(book, account, "seats_active", day), day,
                  LIMIT["utilisation"])
    if seats is None or seats[0] == 0:                                      # R2
        return tickets
    return tickets[0] * 10 / seats[0], tickets[1]


def survey_answer(book, account, kind, day):
    rows = [(when, score) for _, name, when, score in book.of("surveys", account)
            if name == kind]
    return latest(rows + list(book.signals.get((account, kind), {}).items()), day)


def sentiment(book, account, day):
    nps = survey_answer(book, account, "nps", day)
    if nps is not None:                                                     # R1
        return nps
    csat = survey_answer(book, account, "csat", day)
    return None if csat is None else (curve(CSAT_AS_NPS, csat[0]), csat[1])  # R12


def share(book, account, day, signal, column):
    """A signal as a percentage of an account's column."""
    pair = latest_signal(book, account, signal, day)
    whole = number(book.accounts[account][column])
    if pair is None or not whole:
        return None
    return pair[0] * 100 / whole, pair[1]


def engagement(book, account, day):
    last = latest([(when, None) for _, when, two_way in book.of("touches", account)
                   if two_way], day)
    return None if last is None else (Fraction(day - last[1]), last[1])


def stakeholder(book, account, day):
    known = [(role, left) for _, role, since, left in book.of("contacts", account)
             if role in ("champion", "sponsor")                             # R5
             and (since is None or since <= day)]                           # R6
    if not known:
        return None
    in_place = {role for role, left in known if left is None or left > day}
    return Fraction((0, 60, 100)[len(in_place)]), day


def days_to_renewal(row, day):
    renewal = day_of(row["renewal_date"])
    return None if renewal is None else Fraction(renewal - day)             # R13


def is_settling(row, day):
    started = day_of(row["onboarding_started"])
    return started is not None and 0 <= day - started < SETTLING_DAYS       # R7


def health_inputs(book, account, day):
    row = book.accounts[account]
    to_renewal = days_to_renewal(row, day)
    return {
        "usage": latest_signal(book, account, "active_days", day),
        "adoption": share(book, account, day, "features_used", "features_available"),
        "support": support(book, account, day),
        "sentiment": sentiment(book, account, day),
        "utilisation": share(book, account, day, "seats_active", "seats_purchased"),
        "engagement": engagement(book, account, day),
        "stakeholder": stakeholder(book, account, day),
        "renewal": None if to_renewal is None else (to_renewal, day),
    }


def health_of(book, account, day):
    """(health or None, coverage, [(name, input, its day, sub-score, weight)])"""
    inputs = health_inputs(book, account, day)
    settling = is_settling(book.accounts[account], day)
    components = []
    for name, weight, points, limit in HEALTH:
        pair = fresh(inputs[name], day, limit)
        if pair is None or (settling and name in SETTLING):
            continue
        score = curve(points, pair[0]) if points else pair[0]
        components.append((name, pair[0], pair[1], score, weight))
    present = sum(weight for *_, weight in components)
    coverage = Fraction(present) / sum(row[1] for row in HEALTH)            # R8
    if coverage < MIN_COVERAGE:
        return None, coverage, components
    points = sum(weight * score for *_, score, weight in components)
    health = clamp(math.floor(Fraction("0.5") + points / present), 1, 100)
    pulse = fresh(latest_signal(book, account, "pulse", day), day, PULSE_DAYS)  # R9, 11
    if pulse is not None and pulse[0] == PULSE_RED:                         # R10
        health = min(health, RED_HOLDS_AT)
    return health, coverage, components


def arr_of(book, account, day, asked_on):
    """The ARR of a day, in cents, as known on the day that is asked on."""
    known = [row for row in book.of("contracts", account) if row[1] <= asked_on]
    if known:                                                               # R14
        return sum(amount for _, start, end, amount in known
                   if start <= day and (end is None or day < end))
    arr = cents(book.accounts[account]["arr"]) or 0                         # R16
    return arr - sum(delta for _, when, _, delta in book.of("movements", account)
                     if day < when <= asked_on)                             # R15


def growth_of(book, account, day):
    given = number(book.accounts[account]["growth"])
    if given is None:
        before = arr_of(book, account, day - GROWTH_WINDOW, day)
        if before <= 0:
            return Fraction(0)
        change = sum(delta for _, when, kind, delta in book.of("movements", account)
                     if kind in ("expansion", "contraction")                # R17
                     and day - GROWTH_WINDOW < when <= day)
        given = Fraction(change) / before
    return clamp(given, GROWTH_MIN, GROWTH_MAX)


def exact_value(book, account, day):
    row = book.accounts[account]
    factor = min(MAX_FACTOR, 1 + sum(share for flag, share in FLAGS.items()
                                     if row[flag] in TRUE))
    growth = growth_of(book, account, day)
    return arr_of(book, account, day, day) * (1 + growth) ** 3 * factor


def onboarding(row, day):
    started, reached = (date if date is not None and date <= day else None   # R19
                        for date in (day_of(row["onboarding_started"]),
                                     day_of(row["first_value_on"])))
    if started is None and reached is None:
        return None
    return Fraction(100 if reached is None else 0)


def effort_of(book, account, day, health):
    """(effort, {component: sub-score} of those present)"""
    row = book.accounts[account]
    maturity, count = number(row["maturity"]), number(row["stakeholders"])
    tickets = tickets_90d(book, account, day)                               # R18
    to_renewal = days_to_renewal(row, day)
    scores = {
        "complexity": number(row["complexity"]),
        "low maturity": None if maturity is None else 100 - maturity,
        "stakeholders": None if count is None else curve(STAKEHOLDERS, count),
        "onboarding": onboarding(row, day),
        "renewal risk": None if health is None or to_renewal is None
        else (100 - health) * curve(PROXIMITY, to_renewal),
        "ticket load": None if tickets is None else curve(TICKET_LOAD, tickets[0]),
    }
    scores = {name: score for name, score in scores.items() if score is not None}
    if not scores:
        return Fraction(ASSUMED_EFFORT), scores
    weighted = sum(EFFORT[name] * score for name, score in scores.items())
    return weighted / sum(EFFORT[name] for name in scores), scores


def tier_score(value_pct, effort):
    return VALUE_SHARE * value_pct + EFFORT_SHARE * effort


def figures(book, day):
    """{account: figures} of every account active on the day."""
    result = {}
    for account, row in book.accounts.items():
        if not is_active(row, day):
            continue
        health, coverage, components = health_of(book, account, day)
        effort, efforts = effort_of(book, account, day, health)
        value = exact_value(book, account, day)
        result[account] = {
            "arr_cents": arr_of(book, account, day, day), "health": health,
            "coverage": coverage, "components": components, "exact_value": value,
            "value_cents": math.floor(value + Fraction("0.5")), "effort": effort,
            "effort_components": efforts, "growth": growth_of(book, account, day),
        }
    ranks = percentile_ranks({key: row["value_cents"] for key, row in result.items()})
    for account, row in result.items():
        row["value_pct"] = ranks[account]
        row["tier_score"] = tier_score(row["value_pct"], row["effort"])
    return result


# Tiers

class Standing:
    """Where an account stands between reviews."""

    def __init__(self, tier, since):
        self.tier, self.since, self.up, self.down = tier, since, 0, 0


class Tiers:
    """The tiers of all accounts, changed by applied reviews and locks."""

    def __init__(self):
        self.standing = {}
        self.locks = {}  # account -> until
        self.last_review = None

    def review(self, table, day):
        """Applies the review of the day to the figures() of the day."""
        return Review(self, table, day).run()


class Review:
    def __init__(self, tiers, table, day):
        self.tiers, self.table, self.day = tiers, table, day
        self.standing = tiers.standing
        self.caps = {tier: cap_of(tier, len(table)) for tier in CAP_PERCENT}
        self.order = sorted(table, key=self.strength)
        self.moves, self.waitlist, self.violations = [], [], []

    def strength(self, account):
        """Sorts the strongest first; the largest key is the weakest."""         # R30
        row = self.table[account]
        return -row["tier_score"], -row["value_cents"], account.encode()

    def score(self, account):
        return self.table[account]["tier_score"]

    def members(self, tier):
        return [account for account in self.order if account in self.standing    # R28
                and self.standing[account].tier == tier]

    def locked(self, account):
        until = self.tiers.locks.get(account)
        return until is not None and self.day < until                       # R27

    def weakest(self, tier):
        unlocked = [a for a in self.members(tier) if not self.locked(a)]
        return unlocked[-1] if unlocked else None

    def has_room(self, tier):
        return len(self.members(tier)) < self.caps[tier]

    def dwelt(self, account):
        return self.day - self.standing[account].since >= DWELL_DAYS

    def move(self, account, to, cause, pair=None):
        old = self.standing.get(account)
        self.moves.append({"account": account, "from": old.tier if old else None,
                           "to": to, "cause": cause, "pair": pair})
        if old is None:
            self.standing[account] = Standing(to, self.day)
        else:
            old.tier, old.since = to, self.day                              # R22

    def run(self):
        before = {tier: len(self.members(tier)) for tier in self.caps}
        incumbents = [a for a in self.order if a in self.standing]
        self.place()
        if self.tiers.last_review != self.day:                              # R29
            for account in incumbents:
                self.count_streak(account)
        self.demote(incumbents)
        for tier in (1, 2):
            self.enforce_cap(tier)
        for tier in (1, 2):
            if tier == 2:
                self.enforce_cap(2)                                         # R23
            self.promote(tier)
        self.tiers.last_review = self.day
        return {
            "active": len(self.table), "moves": self.moves, "waitlist": self.waitlist,
            "violations": self.violations,
            "caps": {tier: {"limit": self.caps[tier], "before": before[tier],
                            "after": len(self.members(tier))} for tier in self.caps},
        }

    def place(self):
        for account in self.order:
            if account not in self.standing:
                fits = [tier for tier in (1, 2)                             # R20
                        if self.score(account) >= THRESHOLD[tier] and self.has_room(tier)]
                self.move(account, fits[0] if fits else 3, "placement")

    def wants(self, account, tier):
        """Whether an incumbent is an up-candidate for the tier."""
        return (self.standing[account].tier > tier
                and self.score(account) >= THRESHOLD[tier] + CANDIDATE_MARGIN)

    def count_streak(self, account):
        standing = self.standing[account]
        up = self.wants(account, 1) or self.wants(account, 2)
        own = THRESHOLD.get(standing.tier)
        down = own is not None and self.score(account) < own - CANDIDATE_MARGIN
        standing.up = standing.up + 1 if up else 0
        standing.down = standing.down + 1 if down else 0

    def demote(self, incumbents):
        due = [a for a in incumbents if self.standing[a].tier < 3 and self.dwelt(a)
               and self.standing[a].down >= DOWN_STREAK and not self.locked(a)]
        for account in due:
            self.move(account, self.standing[account].tier + 1, "demotion")

    def enforce_cap(self, tier):
        while len(self.members(tier)) > self.caps[tier]:
            account = self.weakest(tier)
            if account is None:
                self.violations.append(tier)
                return
            self.move(account, tier + 1, "cap")                             # R21

    def promote(self, tier):
        for account in self.order:
            if (not self.wants(account, tier) or self.standing[account].up < 1
                    or not self.dwelt(account) or self.locked(account)):
                continue
            weakest = self.weakest(tier)
            if self.has_room(tier):
                self.move(account, tier, "promotion")
            elif (weakest is not None                                       # R26
                  and self.score(weakest) + SWAP_MARGIN <= self.score(account)):
                self.move(weakest, tier + 1, "swap", account)         # R23, R24
                self.move(account, tier, "swap", weakest)
            elif account not in self.waitlist:                              # R25
                self.waitlist.append(account)


def plain(value):
    """Fractions as floats, for printing."""
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("folders", nargs="+", metavar="DIR")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--as-of", metavar="DAY")
    what.add_argument("--reviews", metavar="DAY,DAY,...")
    options = parser.parse_args()
    book = Book()
    for folder in options.folders:
        book.add(folder)
    if options.as_of:
        answer = figures(book, day_of(options.as_of))
    else:
        tiers, answer = Tiers(), {}
        for text in options.reviews.split(","):
            answer[text] = tiers.review(figures(book, day_of(text)), day_of(text))
    json.dump(plain(answer), sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
