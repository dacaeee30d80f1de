#!/bin/sh
# The same input gives the same bytes, whatever the locale: figures, files and the book
# itself. Locales that write a decimal comma or a dotless i are built here.
set -u
bin=${TIERDESK_BIN:?}
work=$(mktemp -d)
trap 'rm -rf "$work"' 0
cd "$work" || exit 1
if ! command -v localedef >/dev/null; then
	echo 'skipped: localedef is not here'
	exit 77
fi
mkdir locales
for name in de_DE tr_TR; do
	if ! localedef -f UTF-8 -i "$name" "locales/$name.UTF-8" 2>/dev/null; then
		echo "skipped: the sources of the locale $name are not here"
		exit 77
	fi
done
LOCPATH=$work/locales
export LOCPATH
passed=0
failed=0

for locale in C C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8; do
	mkdir "out.$locale"
	LC_ALL=$locale
	export LC_ALL
	td() {
		"$bin" --db "out.$locale/book.db" --as-of 2026-11-20 --quiet "$@"
	}
	printf 'account_id,name,arr,growth\nIx1,İstanbul INC,1234.50,0.25\nix2,istanbul,99.99,\n' >a.csv
	td demo --no-console --accounts 80 --csms 2 --months 4 >/dev/null || failed=$((failed + 1))
	td import accounts a.csv >"out.$locale/import" || failed=$((failed + 1))
	td list --format json --all --where 'ISTANBUL' >"out.$locale/where.json"
	td recalc >/dev/null
	td review --apply --format json >"out.$locale/review.json"
	td list --format json >"out.$locale/list.json"
	td list --format csv >"out.$locale/list.csv"
	td show A-1001 --format json >"out.$locale/show.json" 2>&1
	td policy show >"out.$locale/policy.ini"
	for kind in accounts contracts signals surveys; do
		td export "$kind" >"out.$locale/$kind.csv"
	done
	# The moments of the last review and import are today's.
	sqlite3 "out.$locale/book.db" "UPDATE review SET at = 0" 2>/dev/null
	# The first picture is of this very file: it names the file's own number.
	sqlite3 "out.$locale/book.db" .dump 2>/dev/null |
		grep -v "^INSERT INTO picture " >"out.$locale/book.sql"
	rm "out.$locale/book.db"
done
for file in out.C/*; do
	for locale in C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8; do
		if cmp -s "$file" "out.$locale/${file#out.C/}"; then
			passed=$((passed + 1))
		else
			failed=$((failed + 1))
			echo "FAILED ${file#out.C/} differs under $locale"
		fi
	done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
