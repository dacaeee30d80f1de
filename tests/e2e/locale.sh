#!/bin/sh
# The same input gives the same bytes, whatever the locale: figures, files and the book
# itself. Locales that write a decimal comma or a dotless i, that know other digits or are
# not in UTF-8 are built here; what this system has no sources of is left out.
set -u
bin=${TIERDESK_BIN:?}
work=$(mktemp -d)
trap 'rm -rf "$work"' 0
cd "$work" || exit 1
mkdir locales
LOCPATH=$work/locales
export LOCPATH
passed=0
failed=0
others='C.UTF-8'

# build NAME CODESET SOURCE
build() {
	if ! command -v localedef >/dev/null; then
		echo "skipped: $1: localedef is not here"
	elif ! localedef -f "$2" -i "$3" "locales/$1" 2>/dev/null; then
		echo "skipped: $1: the codeset $2 or the sources of $3 are not here"
	elif [ "$(LC_ALL=$1 locale charmap 2>/dev/null)" != "$2" ]; then
		echo "skipped: $1: built, but not taken by this system"
	else
		others="$others $1"
	fi
}
build de_DE.UTF-8 UTF-8 de_DE
build tr_TR.UTF-8 UTF-8 tr_TR
build ar_SA.UTF-8 UTF-8 ar_SA
build ja_JP.eucJP EUC-JP ja_JP
[ "$others" != C.UTF-8 ] || exit 77

run_in() {
	mkdir "out.$1"
	td() {
		"$bin" --db "out.$LC_ALL/book.db" --as-of 2026-11-20 --quiet "$@"
	}
	LC_ALL=$1
	export LC_ALL
	printf 'account_id,name,arr,growth\nIx1,İstanbul INC,1234.50,0.25\nix2,istanbul,99.99,\nJx3,株式会社,7.05,-0.5\nÉx4,Crème é,0.01,\n' >a.csv
	td demo --no-console --accounts 80 --csms 2 --months 4 >/dev/null || failed=$((failed + 1))
	td import accounts a.csv >"out.$1/import" || failed=$((failed + 1))
	td list --format json --all --where 'ISTANBUL' >"out.$1/where.json"
	td list --format csv --all --where '株式' >"out.$1/wide.csv"
	td list --format csv --all --where 'CRÈME' >"out.$1/folded.csv"
	td recalc >/dev/null
	td review --apply --format json >"out.$1/review.json"
	td list --format json >"out.$1/list.json"
	td list --format csv >"out.$1/list.csv"
	td show A-1001 --format json >"out.$1/show.json" 2>&1
	td policy show >"out.$1/policy.ini"
	for kind in accounts contracts signals surveys; do
		td export "$kind" >"out.$1/$kind.csv"
	done
	# The moments of what was done here are today's, unlike those of the demo's past, and
	# seals are made of them. The
	# first pictures are of this very file: they name the file's own number.
	sqlite3 "out.$1/book.db" "UPDATE review SET at = 0" .dump 2>/dev/null | LC_ALL=C sed "
		/^INSERT INTO picture /d
		/^INSERT INTO operation_seal /d
		/^INSERT INTO mirror VALUES(104,/d
		/^INSERT INTO operation VALUES([0-9]*,[0-9]*,'demo',/!s/^\(INSERT INTO operation VALUES([0-9]*\),[0-9]*/\1,0/
		" >"out.$1/book.sql"
	rm "out.$1/book.db"
}
for locale in C $others; do
	run_in "$locale"
done
LC_ALL=C
for file in out.C/*; do
	for locale in $others; do
		if cmp -s "$file" "out.$locale/${file#out.C/}"; then
			passed=$((passed + 1))
		else
			failed=$((failed + 1))
			echo "FAILED ${file#out.C/} differs under $locale"
		fi
	done
done
# What is compared says something.
while read -r file what; do
	if [ "$file" = book.sql ] && ! command -v sqlite3 >/dev/null; then
		echo 'skipped: the book itself: sqlite3 is not here'
	elif grep -q "$what" "out.C/$file"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED $what is not in $file"
	fi
done <<'END'
book.sql ,0,'[^']*','change','import accounts a.csv
accounts.csv İstanbul INC
accounts.csv 1234.5
wide.csv 株式会社
folded.csv Crème é
END
echo "$passed passed, $failed failed, in C $others"
[ "$failed" -eq 0 ]
