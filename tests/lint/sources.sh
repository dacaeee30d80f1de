#!/bin/sh
# The build's lists of files are exactly what lies in the folders.
# With --update (`make update-sources`) the lists are rewritten instead.
set -eu
. "$(dirname "$0")/lib.sh"

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' 0

# assign "NAME =": turns the names on stdin into one assignment, one per line.
assign()
{
	printf '%s' "$1"
	sort | while IFS= read -r file; do printf ' \\\n\t%s' "$file"; done
	echo
}

# files FOLDER PATTERN...: files right in FOLDER, by pattern.
files()
{
	folder=$1
	shift
	for pattern; do
		find "$folder" ! -name "${folder##*/}" -prune -type f -name "$pattern"
	done
}

c_files()
{
	files "$1" '*.c' '*.h' '*.def'
}

# Everything below assets/ travels in the program, but not what is only installed.
list_assets()
{
	find assets -type f ! -name '*.sh' ! -name '*.am' ! -name '*~' \
		! -name 'assets.c*' ! -path '*/.*' ! -path 'assets/man/*' \
		! -path 'assets/completions/*' ! -path 'assets/pictures/*' |
		assign 'ASSETS ='
	files assets/man '*.[15]' | assign 'dist_man_MANS ='
	files assets/pictures '*.svg' | assign 'PICTURES ='
	files assets/examples '*.sh' | assign 'dist_examples_SCRIPTS ='
}

list_core()
{
	c_files core | assign 'libcore_a_SOURCES ='
}

list_db()
{
	c_files db | assign 'libdb_a_SOURCES ='
}

list_tui()
{
	c_files tui | assign 'libtui_a_SOURCES ='
}

# The module shares shapes with the program, and links nothing of it.
list_report()
{
	c_files report | grep -v '^report/paint_' | assign 'libreport_a_SOURCES ='
	{
		c_files report | grep '^report/paint_'
		printf 'report/%s\n' drawing.h ink.def paint.h
	} | assign 'PAINT_SOURCES ='
}

list_cli()
{
	c_files cli | grep -v '^cli/main\.c$' | assign 'libcli_a_SOURCES ='
}

list_documents()
{
	{
		echo LICENSE
		files . '*.md' | sed 's|^\./||'
	} | assign 'dist_doc_DATA ='
}

# Which libraries a test gets: see the head of tests/tests.am.
libs_of()
{
	case $1 in
	tests/unit/test_db_* | tests/fuzz/fuzz_db_*) echo DB_TEST_LIBS ;;
	tests/crash/*) echo CRASH_TEST_LIBS ;;
	tests/unit/test_tui_* | tests/screen/* | tests/fuzz/fuzz_tui_*) echo TUI_TEST_LIBS ;;
	tests/unit/test_cli_*) echo CLI_TEST_LIBS ;;
	tests/unit/test_report_*) echo REPORT_TEST_LIBS ;;
	tests/unit/test_peer_*) echo PEER_TEST_LIBS ;;
	tests/e2e/*) echo E2E_TEST_LIBS ;;
	tests/bench/db_*) echo DB_TEST_LIBS ;;
	tests/bench/cli_*) echo CLI_TEST_LIBS ;;
	tests/bench/*) echo CORE_LIBS ;;
	esac
}

list_tests()
{
	for kind in data support vterm crash program e2e fuzz bench lint script; do
		: >"$tmp/$kind"
	done
	find tests -mindepth 2 -maxdepth 2 ! -name '.*' ! -name '*~' ! -name '*.o' \
		! -name '*.a' ! -name '*.log' ! -name '*.trs' | sort >"$tmp/all"
	while IFS= read -r path; do
		case $path in
		tests/support/*.[ch])
			if grep -q '<vterm\.h>' "$path"; then
				echo "$path" >>"$tmp/vterm"
			else
				echo "$path" >>"$tmp/support"
			fi
			;;
		tests/crash/test_*.c) echo "${path%.c}" >>"$tmp/program" ;;
		tests/crash/*.[ch]) echo "$path" >>"$tmp/crash" ;;
		tests/e2e/test_*.c) echo "${path%.c}" >>"$tmp/e2e" ;;
		tests/fuzz/fuzz_*.c) echo "${path%.c}" >>"$tmp/fuzz" ;;
		tests/fuzz/replay_main.c) ;;
		tests/bench/*.c) echo "${path%.c}" >>"$tmp/bench" ;;
		tests/*/test_*.c) echo "${path%.c}" >>"$tmp/program" ;;
		*.c)
			echo "FAIL: sources.sh has no rule for $path: call it test_*.c or" \
				"move it to tests/support" >&2
			return 1
			;;
		tests/lint/lib*.sh | tests/e2e/lib*.sh | tests/crash/lib*.sh | tests/model/lib*.sh)
			echo "$path" >>"$tmp/data"
			;;
		tests/lint/*.sh)
			echo "$path" >>"$tmp/lint"
			echo "$path" >>"$tmp/data"
			;;
		tests/e2e/*.sh | tests/crash/*.sh | tests/model/*.sh)
			echo "$path" >>"$tmp/script"
			echo "$path" >>"$tmp/data"
			;;
		*) test -f "$path.c" || echo "$path" >>"$tmp/data" ;;
		esac
	done <"$tmp/all"
	assign 'EXTRA_DIST +=' <"$tmp/data"
	assign 'libsupport_a_SOURCES =' <"$tmp/support"
	assign 'libcrash_a_SOURCES =' <"$tmp/crash"
	assign 'VTERM_SUPPORT =' <"$tmp/vterm"
	assign 'PROGRAM_TESTS =' <"$tmp/program"
	assign 'VTERM_TESTS =' <"$tmp/e2e"
	assign 'FUZZ_TESTS =' <"$tmp/fuzz"
	assign 'BENCH_TOOLS =' <"$tmp/bench"
	assign 'LINT_TESTS =' <"$tmp/lint"
	assign 'SCRIPT_TESTS =' <"$tmp/script"
	cat "$tmp/program" "$tmp/e2e" "$tmp/fuzz" "$tmp/bench" | sort | while IFS= read -r test; do
		name=$(echo "$test" | tr -c 'A-Za-z0-9\n' _)
		libs=$(libs_of "$test")
		case $test in
		tests/fuzz/*)
			echo "${name}_SOURCES = $test.c \$(FUZZ_MAIN)"
			echo "${name}_LDFLAGS = \$(FUZZ_LINK)"
			;;
		esac
		test -z "$libs" || echo "${name}_LDADD = \$($libs)"
	done
}

# fragment FILE LISTER: compares or replaces what stands between the marks.
fragment()
{
	"$2" >"$tmp/list"
	awk -v list="$tmp/list" '
		/^# end of list$/ { inside = 0 }
		!inside { print }
		/^# listed$/ {
			inside = 1
			while ((getline line < list) > 0)
				print line
		}' "$1" >"$tmp/new"
	cmp -s "$1" "$tmp/new" && return
	if [ "$update" = yes ]; then
		cat "$tmp/new" >"$1"
		echo "updated $1"
	else
		diff -u "$1" "$tmp/new" || true
		stale=yes
	fi
}

update=no
stale=no
test "${1-}" != --update || update=yes

fragment Makefile.am list_documents
fragment assets/assets.am list_assets
fragment core/core.am list_core
fragment db/db.am list_db
fragment tui/tui.am list_tui
fragment report/report.am list_report
fragment cli/cli.am list_cli
fragment tests/tests.am list_tests

if [ "$stale" = yes ]; then
	echo 'FAIL: the lists do not match the folders: run make update-sources, or' \
		'sh tests/lint/sources.sh --update where there is no build yet'
	exit 1
fi
