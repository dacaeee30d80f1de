# shellcheck shell=sh
# What the lints share; sourced, not run. TIERDESK_SRC is the tree they look at.
export LC_ALL=C
cd "${TIERDESK_SRC:-$(dirname "$0")/../..}" || exit 1

# sources PATTERN...: the files of all rooms and tests with such names, by find's rules.
sources()
{
	for pattern; do
		find cli core db report tests tui -name "$pattern" 2>/dev/null || :
	done | sort
}
