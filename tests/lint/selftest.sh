#!/bin/sh
# Each lint can fail: every sabotage of a copy of the sources must be caught by the lint it
# is meant for, and the copy without sabotage must pass.
set -eu
src=$(cd "${TIERDESK_SRC:-$(dirname "$0")/../..}" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' 0
bad=0

copy()
{
	rm -rf "$tmp/copy"
	mkdir "$tmp/copy"
	(cd "$src" && cp -R .ci .clang-format Makefile.am bootstrap configure.ac assets core db report \
		tui cli tests "$tmp/copy")
	for document in "$src"/*.md "$src/LICENSE"; do
		[ ! -f "$document" ] || cp "$document" "$tmp/copy"
	done
	chmod -R u+w "$tmp/copy"
}

# lint NAME: sets status, and what it says is in $tmp/output. 77 is skipped.
lint()
{
	status=0
	TIERDESK_SRC=$tmp/copy sh "$src/tests/lint/$1.sh" >"$tmp/output" 2>&1 || status=$?
}

# caught LINT PATTERN WHAT: fails unless the lint now fails and says PATTERN.
caught()
{
	lint "$1"
	if [ $status = 77 ]; then
		echo "skipped: $1: $3"
	elif [ $status = 1 ] && grep -q '^FAIL: ' "$tmp/output" && grep -q -e "$2" "$tmp/output"; then
		echo "ok: $1 catches $3"
	else
		echo "FAIL: $1 overlooks $3 (exit status $status):"
		tail -n 5 "$tmp/output"
		bad=1
	fi
}

# sabotage LINT FILE TEXT WHAT: adds a file with this text (printf format).
sabotage()
{
	mkdir -p "$(dirname "$tmp/copy/$2")"
	# shellcheck disable=SC2059 # the text is a format on purpose
	printf "$3" >"$tmp/copy/$2"
	caught "$1" "${2%.c}" "$4"
	rm "$tmp/copy/$2"
}

# repeat N LINE
repeat()
{
	awk -v n="$1" -v line="$2" 'BEGIN { while (n-- > 0) print line }'
}

copy
for name in walls format size sources style table; do
	lint $name
	if [ $status != 0 ] && [ $status != 77 ]; then
		echo "FAIL: $name fails without sabotage:"
		tail -n 5 "$tmp/output"
		exit 1
	fi
done

sabotage walls core/zz.c '#include "db/db.h"\n' 'core reaching up to db'
sabotage walls core/zz.c '#include <unistd.h>\n' 'core using the system'
sabotage walls core/zz.c '#include <sqlite3.h>\n' 'core using SQLite'
sabotage walls core/zz.h '# include <ncurses.h>\n' 'a core header using curses'
sabotage walls db/zz.c '#include "tui/screen.h"\n' 'db reaching across to tui'
sabotage walls tui/zz.c '#include "db/db.h"\n' 'tui reaching across to db'
sabotage walls tui/zz.c '#include <curses.h>\n' 'tui using curses outside the terminal'
sabotage walls tui/zz.c '#include <sqlite3.h>\n' 'tui using SQLite'
sabotage walls tui/term_zz.c '#include "cli/main.h"\n' 'the terminal reaching up to cli'
sabotage walls cli/zz.c '#include <sqlite3.h>\n' 'cli using SQLite'
sabotage walls cli/zz.c '#include <ncursesw/curses.h>\n' 'cli using curses'
sabotage walls report/zz.c '#include "db/db.h"\n' 'report reaching across to db'
sabotage walls report/zz.c '#include "tui/screen.h"\n' 'report reaching across to tui'
sabotage walls tui/zz.c '#include "report/doc.h"\n' 'tui reaching across to report'
sabotage walls report/zz.c '#include <cairo.h>\n' 'report using cairo outside the module'
sabotage walls cli/zz.c '#include <pango/pangocairo.h>\n' 'cli using pango'
sabotage walls tests/unit/test_report_zz.c '#include "db/db.h"\n' 'a report test using db'
sabotage walls tests/unit/test_zz.c '#include "db/db.h"\n' 'a core test using db'
sabotage walls tests/unit/test_tui_zz.c '#include "db/db.h"\n' 'a tui test using db'

sabotage format core/zz.c 'int  zz;\n' 'two blanks'
sabotage format tests/unit/zz.h 'struct zz\n{\n};\n' 'a brace on its own line'

repeat 701 'extern int zz;' >"$tmp/copy/core/zz.h"
caught size 'core/zz.h: 701 lines .*STOP' 'a file of 701 lines'
{
	echo 'int zz(void)'
	echo '{'
	repeat 119 '	zz();'
	echo '}'
} >"$tmp/copy/core/zz.h"
caught size 'zz(): 121 lines .*STOP' 'a function of 121 lines'
rm "$tmp/copy/core/zz.h"

sabotage sources core/zz.c '\n' 'a source that no list names'
sabotage sources db/zz.h '\n' 'a header that no list names'
sabotage sources tests/unit/test_zz.c '\n' 'a test that is never built'
sabotage sources tests/unit/zz.c '\n' 'a test with the wrong name'
sabotage sources assets/schema/zz.sql '\n' 'an asset that is not embedded'
rm "$tmp/copy/core/day.h"
caught sources core/day.h 'a listed file that is gone'
copy

sabotage table core/zz.c '\n' 'a file that the table does not name'
rm "$tmp/copy/core/dice.c" "$tmp/copy/core/dice.h"
caught table 'dice is no file' 'a named file that is gone'
copy

sabotage style core/zz.c 'x\342\200\256y\n' 'a bidi control'
sabotage style assets/zz.ini 'x = \330\234y\n' 'a bidi control in an asset'
sabotage style cli/zz.c 'int zz; \n' 'a trailing blank'
sabotage style db/zz.c '\tx = strtod(s, &end);\n' 'strtod'
sabotage style core/zz.c '\tsetlocale(LC_ALL, "");\n' 'setlocale in core'
sabotage style db/zz.c '\treturn time(NULL);\n' 'time() in db'
sabotage style tui/zz.c '\tlocaltime_r(&t, &tm);\n' 'the calendar in tui'
sabotage style core/zz.c '\tFILE *f = fopen(path, "r");\n' 'a file opened in core'
sabotage style cli/zz.c '/* fine: time() */ sprintf(out, "%%s", name);\n' 'sprintf'
sabotage style tui/zz.c '\tstore = book_store(a->book);\n' 'a screen that goes to the store'
sabotage style tui/zz.c '\tapp_say(a, "undone: C-u erases it");\n' 'the name of a key'
sabotage style tui/zz.c '\tx = "Enter";\n' 'nothing but the name of a key'
sabotage style db/zz.c '\tsqlite3_exec(db, sql, NULL, NULL, NULL);\n' 'SQL from a variable'
sabotage style db/zz.c '\tsqlite3_exec(db,\n\t\tsql, NULL, NULL, NULL);\n' 'such SQL on the next line'

if command -v readelf >/dev/null; then
	echo 'int main(void) { return 0; }' >"$tmp/zz.c"
	# shellcheck disable=SC2086 # CC may carry options
	${CC:-cc} -no-pie -Wl,-z,lazy -o "$tmp/zz" "$tmp/zz.c"
	if sh "$src/tests/lint/hardening.sh" "$tmp/zz" >/dev/null; then
		echo 'FAIL: hardening overlooks a program without it'
		bad=1
	fi
fi

exit $bad
