"""What report.sh asks of a page: that it is clean, and that it says what the verbs say.

report_check.py clean FILE.html
report_check.py board FILE.html tiers.json capacity.json trend.json queue.json revenue.json
    questions.json backtest.json
report_check.py csm FILE.html NAME list.json capacity.json
report_check.py account FILE.html show.json
report_check.py same FILE.html DOM.html: a browser has the same words in it
report_check.py apart FILE.html (of pdftotext -bbox): no word lies on another
"""

import html
import json
import math
import re
import sys
from html.parser import HTMLParser

ELEMENTS = set(
    """html head meta title style body header nav main section footer h1 h2 h3 p ul li a
    dl dt dd div table caption thead tbody tr th td figure figcaption details summary bdi
    svg desc text g rect circle line path""".split()
)
ATTRIBUTES = set(
    """lang charset http-equiv content name id class href scope aria-labelledby aria-label
    role viewbox x y x1 y1 x2 y2 cx cy r d width height opacity stroke-width font-size
    font-weight stroke-dasharray text-anchor textlength lengthadjust""".split()
)
VOID = {"meta", "rect", "circle", "line", "path"}


class Page(HTMLParser):
    """Strict: every element closed in order, none and no attribute beyond the lists."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tables, self.tiles, self.ids = [], {}, {}, set()
        self.section, self.cell, self.words, self.links = "", None, [], []
        self.label = None
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        assert tag in ELEMENTS, tag
        attrs = dict(attrs)
        for name, value in attrs.items():
            assert name in ATTRIBUTES, (tag, name)
            assert name != "href" or value.startswith("#"), value
        if "id" in attrs:
            assert attrs["id"] not in self.ids, attrs["id"]
            self.ids.add(attrs["id"])
        self.links += [attrs["href"][1:]] if "href" in attrs else []
        self.links += attrs.get("aria-labelledby", "").split()
        if tag == "svg":
            assert attrs["role"] == "img" and attrs["aria-labelledby"]
        if tag == "section":
            self.section = attrs["id"]
        elif tag == "table":
            self.tables.setdefault(self.section, []).append([])
        elif tag == "tr":
            self.tables[self.section][-1].append([])
        elif tag in ("td", "th", "dt", "dd"):
            self.cell = ""
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.open and self.open.pop() == tag, tag
        if tag in ("td", "th"):
            self.tables[self.section][-1][-1].append(self.cell)
        elif tag == "dt":
            self.label = self.cell
        elif tag == "dd":
            self.tiles.setdefault((self.section, self.label), self.cell)

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data
        if "style" not in self.open:
            self.words.append(data)

    def table(self, section, first):
        """The table of a section whose head begins with that word, without its head."""
        for table in self.tables[section]:
            if table[0][0] == first:
                return table[1:]
        raise AssertionError("no table %s in %s" % (first, section))


def amount_is(shown, cents):
    """ "$ 11.8M" is that many cents, as far as it says."""
    if cents is None:
        return shown == "--"
    found = re.fullmatch(r"(-?)\$ ([0-9]+(?:\.([0-9]+))?)([kMB]?)", shown)
    unit = {"": 1, "k": 1e3, "M": 1e6, "B": 1e9}[found[4]]
    value = float(found[2]) * unit * (-1 if found[1] else 1)
    return abs(value - cents / 100) <= unit * 10 ** -len(found[3] or "") / 2 + 1e-6


def count(shown):
    return int(shown.replace(",", ""))


def percent(shown):
    return float(shown.split()[0])


def load(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def load_text(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def clean(text):
    page = Page(text)
    assert "default-src 'none'" in text
    assert not re.search(r"https?:|javascript:|url\(|@import|<!--|src=", text, re.I)
    for link in page.links:
        assert link in page.ids, link
    return page


def check_backtest(page, text, questions, backtest):
    for question in questions["questions"]:
        assert html.escape(question["answer"], False) in text, question
    answers = {row[0]: row for row in page.table("backtest", "NPS")}
    bands = {row[0].replace(" ", "_"): row for row in page.table("backtest", "Health")}
    bands["unknown"] = bands["not_known"]
    for row, found in [(answers[a["answer"]], a["left"]) for a in backtest["nps"]] + [
            (bands[b["band"]], b["left"]) for b in backtest["bands"]]:
        assert [count(row[k]) for k in (1, 2)] == [found["n"], found["hits"]], (row, found)
        assert found["n"] == 0 or abs(percent(row[3]) - 100 * found["share"]) < 0.051, row


def check_board(page, tiers, capacity, trend, queue, revenue):
    rows = page.table("tiers", "Tier")
    for row, tier in zip(rows, tiers["tiers"]):
        assert count(row[1]) == tier["accounts"], row
        assert count(row[2]) == tier["limit"] and percent(row[4]) == tier["pct"], row
        assert amount_is(row[5], tier["arr_cents"]), row
    assert amount_is(page.tiles["summary", "Annual recurring revenue"], tiers["arr_cents"])
    for label, key in (("Net", "nrr"), ("Gross", "grr")):
        shown = page.tiles["summary", label + " revenue retention"]
        assert abs(percent(shown) - revenue["all"][key]) < 0.051, (shown, revenue["all"])
    groups = {row[0].split()[-1]: row for row in page.table("retention", "Group")}
    for group in revenue["groups"]:
        row = groups["placed" if group["key"] == "none" else group["key"]]
        for k, key in ((2, "opening"), (3, "expansion"), (4, "contraction"), (5, "churn")):
            assert amount_is(row[k], group[key + "_cents"]), (row, group)
        for k, key in ((7, "nrr"), (8, "grr")):
            assert group[key] is None or abs(percent(row[k]) - group[key]) < 0.051, row
    point = trend["points"][-1]
    for label in ("Healthy", "Watch", "At risk"):
        key = label.lower().replace(" ", "_")
        assert count(page.tiles["health", label]) == point[key], label
    books = {row[0]: row for row in page.table("capacity", "CSM")}
    for csm in capacity["csms"]:
        row = books[csm["name"]]
        assert [count(row[k]) for k in (1, 3, 5)] == [t["accounts"] for t in csm["tiers"]]
        assert percent(row[7]) == math.floor(100 * csm["load_max"] + 0.5), row
        assert row[9].startswith(csm["state"]), row
    heads = page.table("capacity", "Tier")
    for row, tier in zip(heads, capacity["heads"]):
        assert tier["pooled"] or count(row[4]) == tier["target"], row
    ratios = page.table("capacity", "Day")
    assert len(ratios) == len(capacity["past"]) > 1
    for row, past in zip(ratios, capacity["past"]):
        assert row[0] == past["day"] and abs(float(row[3]) - past["tier1_per_csm"]) < 0.056, row
    risks = [r for r in queue if r["section"] == "now"][:12]
    shown = page.table("work", "Account")
    assert [r["name"] for r in risks] == [row[0] for row in shown]
    assert all(amount_is(row[4], r["at_risk_cents"]) for row, r in zip(shown, risks))
    audits = page.table("audits", "Check")
    assert len(audits) == len(tiers["findings"])
    for row, found in zip(audits, tiers["findings"]):
        assert count(row[1] or "0") == found["count"], (row, found)
        assert row[2].startswith(found["text"]), (row, found)
    quadrants = page.table("quadrant", "Quadrant")
    assert sum(count(row[1]) for row in quadrants) == tiers["active"]


def check_csm(page, name, rows, capacity):
    mine = [r for r in rows if r["csm"] == name]
    shown = page.table("accounts", "Account")
    assert len(shown) == len(mine)
    by_name = {r["name"]: r for r in mine}
    for row in shown:
        account = by_name[row[0]]
        assert row[1] == str(account["tier"]) and amount_is(row[2], account["arr_cents"])
        assert row[3] == ("--" if account["health"] is None else str(account["health"]))
        assert row[5] == (account["renewal"] or "--"), row
    csm = [c for c in capacity["csms"] if c["name"] == name][0]
    assert count(page.tiles["book", "Accounts"]) == sum(t["accounts"] for t in csm["tiers"])
    assert amount_is(page.tiles["book", "Money at risk"], csm["at_risk_cents"])


def check_account(page, show):
    assert page.tiles["account", "Health"] == str(show["health"])
    assert page.tiles["account", "Renewal"] == show["renewal"]
    assert amount_is(page.tiles["account", "Subscription"], show["arr_cents"])
    for row, x in zip(page.table("account", "What we look at"), show["components"]):
        assert row[0] == x["name"], row
        assert row[4] == ("--" if x["points"] is None else str(x["points"])), row
    assert sum(int(r[4]) for r in page.table("account", "What we look at") if r[4] != "--") \
        == show["health"]


def words_apart(text):
    """Words of pdftotext -bbox; letters may reach a little beyond their boxes."""
    shape = r'<word xMin="([^"]*)" yMin="([^"]*)" xMax="([^"]*)" yMax="([^"]*)">(.*?)</word>'
    for number, page in enumerate(text.split("<page ")[1:]):
        boxes = []
        for found in re.findall(shape, page):
            x, y, x2, y2 = map(float, found[:4])
            high = (y2 - y) / 4
            boxes.append((x + 0.3, y + high, x2 - 0.3, y2 - high, found[4]))
        for i, a in enumerate(boxes):
            for b in boxes[i + 1:]:
                assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]), (
                    number + 1, a, b)
        assert boxes or not number, "an empty page"


class Words(HTMLParser):
    """What stands there, without the style sheet."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.words, self.tag = [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert tag in ELEMENTS, tag
        self.tag = tag

    def handle_data(self, data):
        if self.tag != "style":
            self.words += data.split()


def main():
    what, path = sys.argv[1:3]
    text = load_text(path)
    if what == "apart":
        words_apart(text)
    elif what == "same":
        assert Words(text).words == Words(load_text(sys.argv[3])).words
    elif what == "clean":
        clean(text)
    elif what == "board":
        page = clean(text)
        check_board(page, *map(load, sys.argv[3:8]))
        check_backtest(page, text, *map(load, sys.argv[8:10]))
    elif what == "csm":
        check_csm(clean(text), sys.argv[3], load(sys.argv[4]), load(sys.argv[5]))
    else:
        check_account(clean(text), load(sys.argv[3]))


if __name__ == "__main__":
    main()
