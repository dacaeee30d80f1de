#!/bin/sh
# Reports: what they say is what the verbs say; clean pages, whatever is in the data; the
# same bytes twice; files as carefully as every export; and a browser shows them.
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"
# shellcheck source=tests/e2e/lib_day.sh
. "$here/lib_day.sh"
# Font caches live as long as the process.
printf 'leak:libfontconfig\nleak:libpango\nleak:libglib\nleak:libcairo\n' >leaks
export LSAN_OPTIONS="suppressions=$work/leaks:print_suppressions=0"

check() {
	what=$1
	shift
	is 0 "$what" python3 "$here/report_check.py" "$@"
}

# ---- the numbers -----------------------------------------------------------------

td demo --no-console --quiet --accounts 600 --months 18 >/dev/null 2>&1 || bad 'no demo'
is 0 'board before any backtest' td report --out early.html
has 'its backtest is its own' 'Counted for this report alone' early.html
is 1 'and no audit denies it' grep 'never held against\|never backtested' early.html
is 1 'of another run it is asked for' td tiers --check
has 'by the audit' 'health was never held against who left' out
# The backtest first: that it was made is in the history.
for verb in backtest questions tiers capacity 'trend --weeks 78' 'queue --csm all' list \
	'revenue --by tier'; do
	# shellcheck disable=SC2086 # a verb and its options
	td $verb --format json --quiet >"${verb%% *}.json" 2>/dev/null || bad "$verb"
done
is 0 'board' td report --out board.html
has 'a note says where' 'the report is in board.html' err
is 1 'its backtest is in the history' grep 'Counted for this report alone' board.html
is 0 'insights name whose they are' grep -E 'd: [A-Z][^<]* and [0-9]+ more<' board.html
has 'the targets stand there' 'Targets of the policy for a year: NRR 110 % in tier 1' board.html
is 1 'who changes places is named, not numbered' grep -E '(place of|tier . to) A-[0-9]+' board.html
check 'the board says what the verbs say' board board.html tiers.json capacity.json \
	trend.json queue.json revenue.json questions.json backtest.json
name=$(python3 -c 'import json; print(json.load(open("capacity.json"))["csms"][1]["name"])')
is 0 'csm' td report --kind csm --csm "$name" --out csm.html --quiet
check 'the CSM has the accounts of the list' csm csm.html "$name" list.json capacity.json
account=$(python3 -c 'import json
print([r["id"] for r in json.load(open("list.json")) if r["tier"] == 1 and r["health"]][3])')
td show "$account" --format json >show.json
is 0 'account' td report --kind account "$account" --out account.html --quiet
check 'the account is as shown' account account.html show.json
td report >stdout.html 2>/dev/null
same 'on stdout it is the same' stdout.html board.html
head=$(td verify --format json | python3 -c 'import json, sys
x = json.load(sys.stdin)["history"]
print("head %d:%s" % (x["sealed_up_to"], x["head"][:16]))')
has 'the head of the history' "${head:?}" board.html

# The checks are worth something: a figure that is wrong, and what has no place.
sed 's/>60<\/td>/>61<\/td>/' board.html >wrong.html
is 1 'a wrong number is seen' python3 "$here/report_check.py" board wrong.html tiers.json \
	capacity.json trend.json queue.json revenue.json questions.json backtest.json
sed 's/<main>/<main><script>x<\/script>/' board.html >wrong.html
is 1 'a script is seen' python3 "$here/report_check.py" clean wrong.html
sed 's/<main>/<main><a href="https:\/\/x.example">x<\/a>/' board.html >wrong.html
is 1 'a link to elsewhere is seen' python3 "$here/report_check.py" clean wrong.html

# ---- files -----------------------------------------------------------------------

is 2 'what is there stays' td report --out board.html
is 0 'unless it is said' td report --out board.html --force --quiet
same 'and is the same again' stdout.html board.html
is 2 'not the book itself' td report --out book.db --force
is 2 'the ending says the format' td report --out board.txt
has 'and it is told' '.html, .pdf, .svg or .png' err
is 2 'no such kind' td report --kind pie
is 2 'no account' td report --kind account
is 2 'an account for a board' td report A1
is 2 'no such account' td report --kind account Nobody
is 2 'a CSM for a board' td report --csm "$name"
is 2 'everybody is no CSM' td report --kind csm --csm all
is 4 'nobody of that name' td report --kind csm --csm Nobody
is 6 'a folder that is not there' td report --out nowhere/board.html
[ "$(stat -c %a board.html 2>/dev/null || stat -f %Lp board.html)" = 600 ]
is 0 'for its owner alone' test $? -eq 0
td report >/dev/full 2>err
is 0 'a full device is told' test $? -eq 6
td report 2>err | head -1 >/dev/null
ls -A . | grep -F .tierdesk. && bad 'a half-written file is left'

# ---- other formats ---------------------------------------------------------------

is 0 'svg' td report --out board.svg --quiet
is 0 'svg is XML' python3 -c 'import sys, xml.dom.minidom as m
d = m.parse("board.svg").documentElement
assert d.tagName == "svg" and len(d.getElementsByTagName("text")) > 400
assert all(g.getAttribute("aria-label") for g in d.getElementsByTagName("g"))'
td report --out again.svg --quiet
same 'svg twice' board.svg again.svg
if td report --out board.pdf --quiet 2>err; then
	td report --out board.png --quiet || bad 'png'
	for kind in pdf png; do
		td report --out again.$kind --quiet
		same "$kind twice" board.$kind again.$kind
	done
	is 0 'a PDF and a PNG' python3 -c 'import re, struct
pdf, png = open("board.pdf", "rb").read(), open("board.png", "rb").read()
assert pdf.startswith(b"%PDF-1.") and pdf.rstrip().endswith(b"%%EOF")
# What is packed in streams has any three letters now and then.
objects = re.sub(rb"stream\r?\n.*?endstream", b"", pdf, flags=re.S)
assert 0 < len(objects) < len(pdf)
for word in (b"/JavaScript", b"/JS", b"/OpenAction", b"/Launch", b"/URI"):
	assert word not in objects, word
assert png.startswith(b"\x89PNG\r\n\x1a\n")
w, h = struct.unpack(">II", png[16:24])
assert w == 1190 and h % 842 == 0, (w, h)'
	# Read out: the language, and words for each figure; what was added is where it says.
	tagged() {
		python3 -c 'import re, sys
pdf = open(sys.argv[1], "rb").read()
assert b"/MarkInfo << /Marked true >>" in pdf and b"/Lang (en)" in pdf
alts = [bytes.fromhex(x.decode()).decode("utf-16") for x in re.findall(rb"/Alt <([0-9A-F]+)>", pdf)]
added = pdf[pdf.index(b"startxref"):].count(b"/S /Figure")
assert len(alts) == added == pdf.count(b"/S /Figure") / 2, (len(alts), added)
assert all(len(a) > 20 for a in alts), alts
assert sys.argv[2] in alts[0], alts[0]
table = int(pdf.rsplit(b"startxref\n", 1)[1].split()[0])
assert pdf[table:table + 5] == b"xref\n"
rows = re.findall(rb"(\d+) 1\n(\d{10}) 00000 n \n", pdf[table:])
assert len(rows) == added + 3
for n, at in rows:
    assert pdf[int(at):].startswith(n + b" 0 obj\n"), n' "$@"
	}
	is 0 'a tagged PDF' tagged board.pdf 'Caps are shares of the active accounts'
	if command -v pdfinfo >/dev/null; then
		pdfinfo board.pdf >info.txt 2>info.err
		has 'tagged' 'Tagged:          yes' info.txt
		pdfinfo -struct board.pdf >struct.txt 2>>info.err
		is 0 'nobody complains' test ! -s info.err
		is 0 'sections are headings' test \
			"$(grep -c '^ *H2' struct.txt)" = "$(grep -o '<h2' board.html | wc -l)"
		is 0 'tables are tables' test "$(grep -c '^ *Table' struct.txt)" -gt 10
	fi
	# The program by itself: one line, and nothing is left.
	mkdir alone
	cp "$bin" alone/
	(cd alone && ./tierdesk --db ../book.db report --out x.pdf >out 2>err)
	code=$?
	if [ -e alone/x.pdf ]; then
		echo 'skipped: without the module (one is installed)'
	else
		is 0 'without the module' test "$code" = 2
		has 'without the module' "PDF and PNG can't be drawn here" alone/err
		is 0 'one line of it' test "$(wc -l <alone/err)" = 1
		is 0 'nothing is left' test "$(find alone -name '*x.pdf*' -o -name '.tier*')" = ''
	fi
else
	has 'without cairo' "PDF and PNG can't be drawn here" err
	echo 'skipped: PDF and PNG (built without cairo)'
fi
if [ -e board.pdf ] && command -v pdftotext >/dev/null; then
	pdftotext -bbox board.pdf words.html
	check 'no word of the PDF lies on another' apart words.html
	sed 's/xMin="\([0-9]*\)[.0-9]*" yMin/xMin="10" yMin/' words.html >wrong.html
	is 1 'words on each other are seen' python3 "$here/report_check.py" apart wrong.html
	pdftotext board.pdf words.txt
	has 'its texts are texts' 'Where the revenue is' words.txt
else
	echo 'skipped: the words of the PDF (there is no pdftotext)'
fi

# ---- whatever is in the data -------------------------------------------------------

make_book
td recalc --quiet >/dev/null
td review --apply --quiet >/dev/null
for file in html svg; do
	td report --out h.$file --force --quiet || bad "hostile $file"
	td report --kind account A2 --out a.$file --force --quiet || bad "hostile account $file"
	td report --kind csm --csm Bo --out c.$file --force --quiet || bad "hostile csm $file"
done
for file in h a c; do
	check 'hostile page' clean $file.html
	is 0 'hostile XML' python3 -c "import xml.dom.minidom as m; m.parse('$file.svg')"
done
has 'a name is text' '=1+1 ' a.html
if td report --out h.pdf --force --quiet 2>/dev/null; then
	td report --out h.png --force --quiet
	is 0 'hostile PDF' tagged h.pdf 'Caps are shares of the active accounts'
fi
is 0 'nothing was run' test ! -e pwned

# ---- a browser ---------------------------------------------------------------------

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
if [ -z "$browser" ] || [ "${TIERDESK_SANITIZED-no}" = yes ]; then
	echo 'skipped: a browser (chromium is optional and not here, or this build was looked at before)'
	ends
	exit
fi
browse() {
	HOME=$work/home timeout 120 "$browser" --headless=new --no-sandbox --disable-gpu \
		--user-data-dir="$work/browser" --no-pdf-header-footer "$@" >/dev/null 2>browser.err
}
browse_text() {
	HOME=$work/home timeout 120 "$browser" --headless=new --no-sandbox --disable-gpu \
		--user-data-dir="$work/browser" --dump-dom "file://$1" 2>browser.err
}
if browse --window-size=1000,1400 --screenshot="$work/shot.png" "file://$work/board.html" &&
	browse --print-to-pdf="$work/printed.pdf" "file://$work/board.html" &&
	[ -s shot.png ] && [ -s printed.pdf ]; then
	good
	# What a browser makes of hostile names is what was written: text, and nothing ran.
	for file in h a c; do
		browse_text "$work/$file.html" >dom.html
		is 0 "a browser reads $file.html" python3 "$here/report_check.py" same $file.html dom.html
	done
	if command -v pdftotext >/dev/null; then
		pdftotext -bbox printed.pdf words.html
		check 'no printed word lies on another' apart words.html
		pdftotext -layout printed.pdf words.txt
		has 'printed: the foot of a page' 'page 2 of ' words.txt
		has 'printed: where the figures come from' 'policy version' words.txt
	fi
else
	echo 'skipped: a browser (it does not start here)'
fi

ends
