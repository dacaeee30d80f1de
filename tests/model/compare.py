#!/usr/bin/env python3
"""Random books, computed and reviewed by tierdesk ($TIERDESK_BIN) and by the model.

    compare.py [--seeds K] [--first N] [--show N] [--alone] [--keep DIR]

For every seed: import, recalculate and compare every active account, review, compare
moves, waitlist, caps and tiers, review again (nothing may move), lock a few accounts,
import what changed, and so on for four reviews; at last the first day is recalculated
from the book as it is then. A seed ends at its first differing step, as all later ones
would differ too. Exit 1 on a difference or when something worth comparing never
happened, 77 without a program. --alone runs the model only.
"""
import argparse
import collections
import json
import os
import random
import subprocess
import sys
import tempfile

from book import KINDS, Book, text_of
from model import Tiers, figures
from random_book import generate

SIZES = (60, 99, 100, 8, 120, 150, 200, 299, 400, 101)
EXACT = ("arr_cents", "health", "value_cents")
CLOSE = ("coverage", "value_pct", "effort", "tier_score")
TOLERANCE = 0.00006
EXPECTED = ("placement", "promotion", "demotion", "cap", "swap", "waitlist")
ALL_LOCKED_EVERY = 5  # every so many seeds all of tier 1 is locked
PATIENCE = 300  # seconds for one command; more is a hang
SKIPPED = 77


class ProgramFailed(Exception):
    pass


class Program:
    """The program under test on a book of its own."""

    def __init__(self, binary, folder):
        self.start = [binary, "--db", os.path.join(folder, "book.db"), "--actor", "model",
                      "--yes"]
        self.environment = dict(os.environ, HOME=folder, XDG_DATA_HOME=folder,
                                XDG_CONFIG_HOME=folder, XDG_STATE_HOME=folder)
        self.environment.pop("TIERDESK_DB", None)
        self.run("init")

    def run(self, *arguments, accept=(0,)):
        command = self.start + list(arguments)
        try:
            done = subprocess.run(command, env=self.environment, check=False,
                                  stdin=subprocess.DEVNULL, capture_output=True,
                                  encoding="utf-8", errors="replace", timeout=PATIENCE)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ProgramFailed(str(error)) from error
        if done.returncode not in accept:
            said = (done.stderr or done.stdout).strip().splitlines()[-5:]
            raise ProgramFailed("exit %d: %s\n    %s" % (
                done.returncode, " ".join(command), "\n    ".join(said)))
        return done.stdout

    def ask(self, *arguments, accept=(0,)):
        """The answer as JSON."""
        answer = self.run(*arguments, "--format", "json", accept=accept)
        try:
            return json.loads(answer)
        except ValueError as error:
            raise ProgramFailed("%s: no JSON (%s): %.200s" % (
                " ".join(arguments), error, answer)) from error

    def load(self, folder):
        for kind in KINDS:
            path = os.path.join(folder, kind + ".csv")
            if os.path.exists(path):
                self.run("import", kind, path)


class Differences:
    """What differs in one step, as text; only the first few are kept in full."""

    def __init__(self, show):
        self.show, self.count, self.lines = show, 0, []

    def add(self, headline, details=()):
        self.count += 1
        if self.count <= self.show:
            self.lines.append("  " + headline)
            self.lines.extend("      " + line for line in details)


def shown(value):
    return value if isinstance(value, (str, int, type(None))) else "%.12g" % float(value)


def inputs_of(book, account, row):
    """All that the model knows of an account, and what it made of it."""
    given = book.accounts[account]
    yield "account: " + " ".join("%s=%s" % item for item in given.items() if item[1])
    for name, value, day, score, weight in row["components"]:
        yield "%s: input %s of %s, score %s, weight %d" % (
            name, shown(value), text_of(day), shown(score), weight)
    present = sum(component[4] for component in row["components"])
    if present:
        points = sum(component[3] * component[4] for component in row["components"])
        yield "health before rounding and pulse: %s" % shown(points / present)
    for (owner, name), series in book.signals.items():
        if owner == account:
            yield "signal %s: %s" % (name, ", ".join(
                "%s=%s" % (text_of(day), shown(v)) for day, v in sorted(series.items())))
    for table in ("surveys", "tickets", "touches", "contacts", "contracts", "movements"):
        for item in book.of(table, account):
            yield "%s: %s" % (table, " ".join(
                text_of(x) if isinstance(x, int) and 700000 < x < 800000
                else str(shown(x)) for x in item[1:]))
    yield "growth %s, value before rounding %s, effort of %s" % (
        shown(row["growth"]), shown(row["exact_value"]), ", ".join(
            "%s %s" % (k, shown(v)) for k, v in row["effort_components"].items()))


def compare_figures(book, table, rows, differences):
    theirs = {row["id"]: row for row in rows}
    for account in sorted(set(theirs) ^ set(table)):
        differences.add("%s: active for %s only" % (
            account, "the model" if account in table else "the program"),
            ["%s=%s" % item for item in book.accounts.get(account, {}).items()
             if item[0] in ("status", "churned_on", "contract_start")])
    for account in sorted(set(theirs) & set(table)):
        row, their = table[account], theirs[account]
        wrong = [key for key in EXACT if their.get(key) != row[key]]
        wrong += [key for key in CLOSE if not isinstance(their.get(key), (int, float))
                  or abs(their[key] - float(row[key])) > TOLERANCE]
        if wrong:
            half = row["exact_value"] * 2 % 2 == 1 and "value_cents" in wrong
            differences.add("%s: %s%s" % (account, ", ".join(
                "%s %s, model %s" % (key, their.get(key, "absent"), shown(row[key]))
                for key in wrong), " (exactly half a cent)" if half else ""),
                inputs_of(book, account, row))


def in_words(table, before, account):
    """The numbers behind a move."""
    row = table[account]
    stood = "no tier before" if account not in before else (
        "tier %d since %s (up %d, down %d)" % before[account])
    return "%s: S %s, value %d, %s" % (account, shown(row["tier_score"]),
                                       row["value_cents"], stood)


def compare_review(table, before, mine, their, differences):
    """Returns True when all is equal but the order of the moves."""
    keys = ("account", "from", "to", "cause", "pair")
    ours = [tuple(move[key] for key in keys) for move in mine["moves"]]
    theirs = [tuple(move.get(key) for key in keys) for move in their["moves"]]
    sides = (("the program", theirs, ours), ("the model", ours, theirs))
    for who, move in ((who, move) for who, these, others in sides for move in these
                      if move not in others):
        differences.add("move by %s only: %s" % (who, move), [
            in_words(table, before, account)
            for account in (move[0], move[4]) if account in table])
    for move in their["moves"]:
        row, said = table.get(move["account"]), move.get("tier_score")
        if row and abs((said or 0) - float(row["tier_score"])) > TOLERANCE:
            differences.add("%s: tier_score %s in the move, model %s" % (
                move["account"], said, shown(row["tier_score"])))
    waiting = [row["account"] for row in their["waitlist"]]
    for account in sorted(set(waiting) ^ set(mine["waitlist"])):
        differences.add("waitlisted by %s only: %s" % (
            "the program" if account in waiting else "the model",
            in_words(table, before, account) if account in table else account))
    if their["active"] != mine["active"]:
        differences.add("active: %s, model %s" % (their["active"], mine["active"]))
    caps = {cap["tier"]: cap for cap in their["caps"]}
    for tier, cap in mine["caps"].items():
        said = {key: caps.get(tier, {}).get(key) for key in cap}
        if said != cap:
            differences.add("cap of tier %d: %s, model %s" % (tier, said, cap))
    if bool(their["violations"]) != bool(mine["violations"]):
        differences.add("violations: %s, model: tiers %s" % (
            their["violations"], mine["violations"]))
    same = sorted(ours, key=str) == sorted(theirs, key=str)
    if not same and not differences.count:
        differences.add("a move is said twice: %s" % theirs)
    return not differences.count and (ours, mine["waitlist"]) != (theirs, waiting)


class Run:
    """One seed."""

    def __init__(self, seed, options, seen):
        self.seed, self.options, self.seen = seed, options, seen
        self.rng = random.Random(-seed)
        self.size = SIZES[seed % len(SIZES)]
        self.book, self.tiers, self.program = Book(), Tiers(), None
        self.passed = self.failed = 0

    def step(self, what, day, compare):
        """Runs compare(differences); False when the seed ends here."""
        differences = Differences(self.options.show)
        try:
            compare(differences)
        except ProgramFailed as error:
            differences.add(str(error))
        except (AttributeError, KeyError, TypeError) as error:
            differences.add("an answer of another shape: %r" % error)
        if not differences.count:
            self.passed += 1
            return True
        self.failed += 1
        print("seed %d (%d accounts), %s as of %s: %d differences, program against model"
              % (self.seed, self.size, what, text_of(day), differences.count))
        print("\n".join(differences.lines))
        return False

    def numbers(self, table, day):
        def compare(differences):
            if self.program:
                self.program.ask("recalc", "--as-of", text_of(day))
                rows = self.program.ask("list", "--as-of", text_of(day))
                compare_figures(self.book, table, rows, differences)
        return self.step("figures", day, compare)

    def review(self, table, day, what="review"):
        before = {account: (s.tier, text_of(s.since), s.up, s.down)
                  for account, s in self.tiers.standing.items()}
        mine = self.tiers.review(table, day)
        self.count(mine)

        def compare(differences):
            self.check_model(mine, before, what, differences)
            if self.program:
                their = self.program.ask("review", "--apply", "--as-of", text_of(day),
                                         accept=(0, 1))
                if compare_review(table, before, mine, their, differences):
                    self.seen["reviews in another order"] += 1
        return self.step(what, day, compare)

    def check_model(self, mine, before, what, differences):
        """What must hold whatever the book."""
        for tier, cap in mine["caps"].items():
            if cap["after"] > cap["limit"] and tier not in mine["violations"]:
                differences.add("the model breaks the cap of tier %d: %s" % (tier, cap))
        if what != "review" and mine["moves"]:
            differences.add("the model moves again: %s" % mine["moves"])

    def count(self, mine):
        swaps = 0
        for move in mine["moves"]:
            swaps += move["cause"] == "swap"
            self.seen[move["cause"]] += move["cause"] != "swap"
        self.seen["swap"] += swaps // 2
        self.seen["waitlist"] += len(mine["waitlist"])
        self.seen["locks over the cap"] += len(mine["violations"])

    def tiers_now(self, table, day):
        def compare(differences):
            if not self.program:
                return
            for row in self.program.ask("list", "--as-of", text_of(day)):
                standing = self.tiers.standing[row["id"]]
                if row["tier"] != standing.tier:
                    differences.add("%s: tier %s, model %s (S %s)" % (
                        row["id"], row["tier"], standing.tier,
                        shown(table[row["id"]]["tier_score"])))
        return self.step("tiers", day, compare)

    def lock(self, table, day, following):
        """Locks weak and strong members, some of them only until before the next."""
        ranked = sorted(table, key=lambda a: (table[a]["tier_score"], a))
        chosen = {}
        for tier in (1, 2, 3):
            members = [a for a in ranked if self.tiers.standing[a].tier == tier]
            if tier == 1 and self.seed % ALL_LOCKED_EVERY == 0:
                chosen.update(dict.fromkeys(members, following + 400))
            elif members:
                chosen[members[0]] = following + 400
                chosen[members[-1]] = following + 400
                chosen[self.rng.choice(members)] = following - 5

        def compare(_):
            for account, until in chosen.items():
                self.tiers.locks[account] = until
                if self.program:
                    self.program.run("lock", account, "--until", text_of(until),
                                     "--reason", "a test", "--as-of", text_of(day))
        return self.step("locks", day, compare)

    def load(self, folder, day):
        self.book.add(folder)

        def compare(_):
            if self.program:
                self.program.load(folder)
        return self.step("import", day, compare)

    def start(self, folder, day):
        def compare(_):
            if not self.options.alone:
                self.program = Program(os.environ["TIERDESK_BIN"], folder)
        return self.step("init", day, compare)

    def run(self, folder):
        folders, days = generate(self.seed, self.size, folder)
        if not self.start(folder, days[0]):
            return
        for number, (batch, day) in enumerate(zip(folders, days)):
            if not self.load(batch, day):
                return
            table = figures(self.book, day)
            if not (self.numbers(table, day) and self.review(table, day)
                    and self.tiers_now(table, day)
                    and self.review(table, day, "the same review again")
                    and self.tiers_now(table, day)):
                return
            if batch != folders[-1] and not self.lock(table, day, days[number + 1]):
                return
        self.numbers(figures(self.book, days[0]), days[0])


def options_of():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("--seeds", type=int, default=20, help="how many (20)")
    parser.add_argument("--first", type=int, default=1, help="the first seed (1)")
    parser.add_argument("--show", type=int, default=3, help="differences per step (3)")
    parser.add_argument("--alone", action="store_true", help="the model only")
    parser.add_argument("--keep", metavar="DIR", help="leave books and databases here")
    return parser.parse_args()


def main():
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = options_of()
    binary = os.environ.get("TIERDESK_BIN", "")
    if not options.alone and not os.access(binary, os.X_OK):
        print("skipped: TIERDESK_BIN names no program (%s)" % (binary or "unset"))
        return SKIPPED
    seen = collections.Counter()
    passed = failed = 0
    for seed in range(options.first, options.first + options.seeds):
        run = Run(seed, options, seen)
        if options.keep:
            folder = os.path.join(options.keep, "seed%d" % seed)
            os.makedirs(folder)  # a used one would mix two runs
            run.run(folder)
        else:
            with tempfile.TemporaryDirectory(prefix="tierdesk-model-") as folder:
                run.run(folder)
        passed, failed = passed + run.passed, failed + run.failed
    print("seen: " + ", ".join("%s %d" % item for item in sorted(seen.items())))
    for cause in EXPECTED:
        if seen[cause]:
            passed += 1
        else:
            failed += 1
            print("never seen: %s" % cause)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
