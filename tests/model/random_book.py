#!/usr/bin/env python3
"""Writes a hostile but legal random book as canonical CSV files.

    random_book.py --seed N --accounts N --out DIR

DIR gets the book, DIR/batch2 to DIR/batch4 what changes before the second to the
fourth review, and DIR/days.txt their days. The same arguments write the same bytes.

Hostile: missing values everywhere, ties in money and in everything else, ages and
windows exactly at their limits and one beyond, rows of every kind dated in the future.
Left out is what the design leaves to the importer: two different answers of a kind on
one day, values out of range, rows that would clear a value by a blank.
"""
import argparse
import csv
import datetime
import os
import random

COLUMNS = {
    "csms": "name email team role capacity regions segments active_from active_until",
    "accounts": "account_id name parent_id segment industry region csm arr currency"
                " contract_start renewal_date auto_renew status churned_on churn_reason"
                " growth reference marquee advocate parent_expansion complexity maturity"
                " stakeholders seats_purchased features_available onboarding_started"
                " first_value_on tier tags",
    "contacts": "account_id name email role since left_on",
    "signals": "account_id date signal value",
    "tickets": "ticket_id account_id opened_on closed_on severity root_cause csat",
    "surveys": "account_id date kind score comment",
    "touches": "account_id date kind two_way purpose outcome minutes actor",
    "contracts": "contract_id account_id start end arr currency auto_renew status",
    "movements": "account_id date kind arr_delta currency",
}
ID_STYLES = ("A-{:04d}", "a{}", "{}", "Ä-{}", "客户-{}", "🏢{}", "～{}", "z.{:x}", "é_{}")
NAMES = ("Müller & Söhne", "株式会社 星", "O'Brien, Ltd", 'The "Best" Co', "Ωmega",
         "Łódź SA", "Plain", "Ёлка", "Société Générale d'Été", "🚀 Rockets", "a")
CSMS = ("Ana Ström", "Bo", "Čeněk Dvořák", "李 雷")
TIED_ARR = ("0", "1000", "5000", "40000", "40000.00", "80000", "200000")
GROWTHS = ("-0.9", "-0.5", "-0.2", "0", "0.05", "0.1", "0.333", "0.4", "1.0", "1.5")
# The ages, in days, at which a rule changes its mind, by what is dated.
EDGES = {
    "active_days": (14,), "features_used": (45,), "seats_active": (45,),
    "tickets_90d": (30,), "nps": (180,), "csat": (180,), "pulse": (90,),
    "ticket": (90,), "touch": (14, 45, 90), "onboarding": (30, 0), "left": (0,),
    "renewal": (-30, -90, -180, 0), "contract": (0, 365), "movement": (365,),
}
REVIEWS = 4
GAPS = (70, 70, 72, 66, 60, 60, 61, 59, 59)


class RandomBook:
    def __init__(self, seed, accounts):
        self.rng = rng = random.Random(seed)
        self.days = [datetime.date(2024, 1, 1).toordinal() + rng.randrange(700)]
        while len(self.days) < REVIEWS:
            self.days.append(self.days[-1] + rng.choice(GAPS))
        self.missing = rng.choice((0.0, 0.1, 0.3, 0.6))
        self.tied = rng.choice((0.1, 0.5, 1.0))
        self.coarse = rng.choice((1, 10, 25))  # grain of what is measured 0..100
        self.tickets_on_record = ("none", "all", "few", "future")[seed % 4]
        self.twins = rng.choice((0.0, 0.3, 0.6))  # accounts alike but for their id
        # How many leave between two reviews, of those below an ARR: when only small
        # ones do, the caps shrink under the large ones.
        self.churn, self.churn_of = rng.choice(
            ((0.0, 0), (0.05, 10**9), (0.3, 10**9), (0.6, 3000), (0.5, 60000)))
        self.easy = rng.choice((False, True))  # little effort: tiers are not full
        self.used = set()  # keys of what must not be said twice
        self.accounts = {}
        self.parents = [""]
        self.silent = {}  # nothing ever happens to these, the models of twins
        self.contracts = {}
        self.count = 0
        self.base = accounts

    # Chance

    def chance(self, p):
        return self.rng.random() < p

    def maybe(self, make):
        """What make() makes, or a blank."""
        return "" if self.chance(self.missing) else str(make())

    def flag(self, p):
        return self.rng.choice(("", "no")) if not self.chance(p) else "yes"

    def effort(self):
        """0..100, in the grain of the book."""
        most = 20 if self.easy and self.chance(0.9) else 100
        return self.rng.randrange(0, most // self.coarse + 1) * self.coarse

    def about(self, what, batch=0):
        """A day for something, often exactly at a limit seen from a review."""
        rng = self.rng
        day = self.days[batch or rng.randrange(REVIEWS)]
        pick = rng.random()
        if pick < 0.35:
            return day - rng.choice(EDGES[what]) - rng.choice((-1, 0, 0, 1, 1))
        if pick < 0.50:
            return day + rng.choice((-1, 0, 1, 5, 400))
        return day - rng.randrange(0, 60 if pick < 0.85 else 500)

    def fresh_key(self, *key):
        """Whether the key is new; it no longer is afterwards."""
        known = key in self.used
        self.used.add(key)
        return not known

    # Accounts

    def arr(self):
        if self.chance(self.tied):
            return self.rng.choice(TIED_ARR)
        amount = int(self.rng.lognormvariate(10.5, 1.2) * 100)
        return "%d.%02d" % divmod(amount, 100) if self.chance(0.3) else str(amount // 100)

    def new_account(self, batch):
        rng = self.rng
        self.count += 1
        account = rng.choice(ID_STYLES).format(self.count * 7919 % 10007)
        if self.silent and self.chance(self.twins):
            row = dict(rng.choice(list(self.silent.values())), account_id=account)
            self.accounts[account] = self.silent[account] = row
            return row
        row = dict.fromkeys(COLUMNS["accounts"].split(), "")
        row.update(
            account_id=account, name=rng.choice(NAMES), arr=self.arr(),
            parent_id=rng.choice(self.parents) if self.chance(0.1) else "",
            segment=self.maybe(lambda: rng.choice(("SMB", "Mittelstand", "Ent"))),
            region=self.maybe(lambda: rng.choice(("EMEA", "日本"))),
            csm=self.maybe(lambda: rng.choice(CSMS)), tags=self.maybe(lambda: "a;é"),
            renewal_date=self.maybe(lambda: iso(self.about("renewal", batch))),
            auto_renew=self.flag(0.3), status=rng.choice(("active", "")),
            growth=rng.choice(GROWTHS) if self.chance(0.4) else "",
            reference=self.flag(0.2), marquee=self.flag(0.1), advocate=self.flag(0.2),
            parent_expansion=self.flag(0.1), complexity=self.maybe(self.effort),
            maturity=self.maybe(lambda: 100 - self.effort()),
            stakeholders=self.maybe(lambda: rng.randrange(0, 12)),
            seats_purchased=self.maybe(lambda: rng.choice((0, 5, 10, 40, 333))),
            features_available=self.maybe(lambda: rng.choice((0, 7, 12, 20, 40))))
        if self.chance(0.3):
            row["contract_start"] = iso(self.about("contract", batch))
        if self.chance(0.4):
            started = self.about("onboarding", batch)
            row["onboarding_started"] = iso(started)
            if self.chance(0.5):
                row["first_value_on"] = iso(started + rng.choice((0, 3, 29, 30, 90)))
        elif self.chance(0.2):
            row["first_value_on"] = iso(self.about("onboarding", batch))
        pick = rng.random()
        if pick < 0.02:
            row.update(status="churned")
        elif pick < 0.10:
            row.update(status="churned",
                       churned_on=self.not_before(row, self.about("left", batch)))
        self.accounts[account] = row
        if self.chance(self.twins / 2):
            self.silent[account] = row
        if not row["parent_id"]:
            self.parents.append(account)
        return row

    @staticmethod
    def not_before(row, day):
        """Nobody leaves before they came: such a row is refused."""
        return max(iso(day), row["contract_start"])

    def changed_account(self, row):
        """A new wind: what decides the tier score changes, nothing is cleared."""
        rng = self.rng
        row["arr"] = rng.choice(("150000", "400000", "900000", "500", "0", self.arr()))
        row["complexity"] = str(self.effort())
        row["maturity"] = str(100 - self.effort())
        if self.chance(0.3):
            row["growth"] = rng.choice(GROWTHS)

    # What happens to an account

    def signals(self, row, batch):
        rng = self.rng
        seats = int(row["seats_purchased"] or 10)
        features = int(row["features_available"] or 12)
        makers = {
            "active_days": lambda: rng.choice((0, 2, 4, 8, 12, 13, 16, 20, 28)),
            "features_used": lambda: rng.randrange(0, features + 1),
            "seats_active": lambda: rng.choice((0, seats // 2, seats, seats + 1)),
            "tickets_90d": lambda: rng.choice((0, 0, 1, 2, 5, 15, 40)),
            "nps": lambda: rng.randrange(0, 11), "csat": lambda: rng.randrange(1, 6),
            "pulse": lambda: rng.choice((1, 2, 3)),
        }
        quiet = {"pulse": 0.15, "nps": 0.2, "csat": 0.2}
        for name, make in makers.items():
            if not self.chance(quiet.get(name, 1 - self.missing)):
                continue
            for _ in range(rng.choice((1, 1, 2, 3))):
                day = self.about(name, batch)
                key = ("signal", row["account_id"], name, day)
                series = ("answer", row["account_id"], name, day)
                if self.fresh_key(*key) and self.fresh_key(*series):
                    yield row["account_id"], iso(day), name, str(make())

    def answers(self, row, batch):
        for kind in ("nps", "csat", "ces"):
            if self.chance(0.3):
                day = self.about("csat" if kind == "ces" else kind, batch)
                if self.fresh_key("answer", row["account_id"], kind, day):
                    score = self.rng.randrange(0, 11) if kind == "nps" \
                        else self.rng.randrange(1, 6)
                    yield row["account_id"], iso(day), kind, str(score), self.maybe(
                        lambda: 'ça va, "très"\nbien')

    def opened_tickets(self, row, batch):
        busy = {"none": 0.0, "all": 0.6, "few": 0.05, "future": 0.6}
        if not self.chance(busy[self.tickets_on_record]):
            return
        for _ in range(self.rng.choice((1, 1, 2, 3, 6, 16))):
            day = self.about("ticket", batch)
            if self.tickets_on_record == "future" and batch < 2:
                day = self.days[1] + self.rng.randrange(1, 400)
            self.count += 1
            closed = self.maybe(lambda day=day: iso(day + 3))
            yield "T%d" % self.count, row["account_id"], iso(day), closed, "", "", ""

    def held_touches(self, row, batch):
        for kind in ("call", "email", "meeting"):
            day = self.about("touch", batch)
            if self.chance(0.4) and self.fresh_key("touch", row["account_id"], kind, day):
                yield (row["account_id"], iso(day), kind, self.rng.choice(("yes", "no")),
                       "", "", self.maybe(lambda: 30), "")

    def known_contacts(self, row, batch):
        for role in ("champion", "champion", "sponsor", "user", "billing"):
            if not self.chance(0.25):
                continue
            self.count += 1
            since = self.maybe(lambda: iso(self.about("left", batch)))
            left = iso(self.about("left", batch)) if self.chance(0.4) else ""
            if since and left:
                since, left = min(since, left), max(since, left)
            yield (row["account_id"], "Zoë %d" % self.count,
                   "z%d@example.com" % self.count, role, since, left)

    def contract(self, row, start, end, arr):
        self.count += 1
        number = "C%d" % self.count
        self.contracts[number] = [number, row["account_id"], iso(start),
                                  iso(end) if end else "", arr, "", self.flag(0.5),
                                  self.rng.choice(("", "active"))]
        return self.contracts[number]

    def signed_contracts(self, row):
        if row["account_id"] in self.silent or not self.chance(0.25):
            return
        rng = self.rng
        for _ in range(rng.choice((1, 2, 3))):
            start = self.about("contract")
            end = rng.choice((None, start + 365, start + 730, self.about("contract")))
            if end is not None and end <= start:
                end = start + 1
            yield self.contract(row, start, end, self.arr())
        if self.chance(0.3):  # its own ARR is then not needed
            row["arr"] = ""
            yield self.contract(row, self.days[0] - 700, None, self.arr())

    def moved_money(self, row, batch):
        if not self.chance(0.3):
            return
        for kind, sign in (("new", 1), ("expansion", 1), ("contraction", -1),
                           ("reactivation", 1), ("churn", -1)):
            day = self.about("movement", batch)
            if self.chance(0.4) and self.fresh_key("move", row["account_id"], kind, day):
                amount = sign * self.rng.choice((500, 1000, 4000, 12345))
                yield row["account_id"], iso(day), kind, str(amount), ""

    # Files

    def happenings(self, rows, batch):
        makers = {"signals": self.signals, "surveys": self.answers,
                  "tickets": self.opened_tickets, "touches": self.held_touches,
                  "contacts": self.known_contacts, "movements": self.moved_money}
        return {kind: [item for row in rows if row["account_id"] not in self.silent
                       for item in make(row, batch)]
                for kind, make in makers.items()}

    def first(self):
        accounts = [self.new_account(0) for _ in range(self.base)]
        files = self.happenings(accounts, 0)
        files["contracts"] = [c for row in accounts for c in self.signed_contracts(row)]
        files["accounts"] = [tuple(row.values()) for row in accounts]
        files["csms"] = [(name, "", "North", "csm", "1", "", "", "", "") for name in CSMS]
        return files

    def later(self, batch):
        """What changes before review `batch`, counted from 0."""
        rng = self.rng
        low, high = self.days[batch - 1] + 1, self.days[batch]
        rows = list(self.accounts.values())
        changed = []
        for row in rows:
            if not row["churned_on"] and row["status"] != "churned":
                if float(row["arr"] or 0) < self.churn_of and self.chance(self.churn):
                    row.update(status="churned", churned_on=self.not_before(
                        row, rng.randrange(low, high + 1)))
                    changed.append(row)
                elif self.chance(0.2):
                    self.changed_account(row)
                    changed.append(row)
        added = [self.new_account(batch) for _ in range(len(rows) // 15)]
        files = self.happenings(added + [r for r in rows if self.chance(0.4)], batch)
        cancelled = [contract for contract in self.contracts.values()
                     if not contract[3] and contract[2] < iso(low) and self.chance(0.1)]
        for contract in cancelled:
            contract[3] = iso(rng.choice((low, high, high + 1)))
        files["contracts"] = cancelled + [
            self.contract(row, rng.choice((low, high, high + 1)), None,
                          rng.choice(("300000", "20000", "0")))
            for row in rows if self.chance(0.06)]
        # A blank tier would say something about the tiers: the column stays away.
        files["accounts"] = [tuple(v for k, v in row.items() if k != "tier")
                             for row in changed + added]
        return files

    def write(self, files, folder, leave_out=()):
        os.makedirs(folder, exist_ok=True)
        for kind, rows in files.items():
            if not rows:
                continue
            names = [c for c in COLUMNS[kind].split() if (kind, c) not in leave_out]
            places = list(range(len(names)))
            self.rng.shuffle(places)
            self.rng.shuffle(rows)
            if kind == "accounts":  # parents first
                rows.sort(key=lambda row: bool(row[names.index("parent_id")]))
            path = os.path.join(folder, kind + ".csv")
            with open(path, "w", encoding="utf-8", newline="") as file:
                out = csv.writer(file, lineterminator="\n")
                out.writerow(names[i] for i in places)
                out.writerows([row[i] for i in places] for row in rows)


def iso(day):
    return datetime.date.fromordinal(day).isoformat()


def generate(seed, accounts, folder):
    """Writes the book; returns its folders in the order of import, and the days."""
    book = RandomBook(seed, accounts)
    folders = [folder]
    folders += [os.path.join(folder, "batch%d" % n) for n in range(2, REVIEWS + 1)]
    book.write(book.first(), folders[0])
    for batch in range(1, REVIEWS):
        book.write(book.later(batch), folders[batch], {("accounts", "tier")})
    with open(os.path.join(folder, "days.txt"), "w", encoding="utf-8") as file:
        file.writelines(iso(day) + "\n" for day in book.days)
    return folders, book.days


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--accounts", type=int, required=True)
    parser.add_argument("--out", required=True, metavar="DIR")
    options = parser.parse_args()
    generate(options.seed, options.accounts, options.out)


if __name__ == "__main__":
    main()
