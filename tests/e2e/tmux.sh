#!/bin/sh
# The console inside tmux, as both of its kinds of terminal: opens, moves, filters, quits,
# and the pane shows what `list` says. Skipped where there is no tmux.
set -eu

command -v tmux >/dev/null || {
	echo "tmux is not here: skipped"
	exit 77
}

work=$(mktemp -d "$HOME/tmux.XXXXXX")
TMUX_TMPDIR=$work
export TMUX_TMPDIR
unset TMUX
mux() { tmux -L tierdesk-test -f /dev/null "$@"; }
trap 'mux kill-server 2>/dev/null || :; rm -rf "$work"' 0

db=$work/book.db
run() { "$TIERDESK_BIN" --db "$db" --as-of 2026-03-31 "$@"; }
run demo --accounts 60 --no-console >/dev/null

fail() {
	echo "FAIL ($term): $1"
	mux capture-pane -p || :
	exit 1
}

# The n-th account of a list, as the first word of its name.
nth() { run list --format csv --columns name --sort -arr ${2:+--where "$2"} |
	sed -n "$(($1 + 1))p" | tr -d '"' | cut -d' ' -f1; }

# Waits, ten seconds at most, until a line of the pane (0 is the first) holds the text.
sees() {
	i=0
	while ! mux capture-pane -p -S "$1" -E "$1" | grep -qF -- "$2"; do
		i=$((i + 1))
		test $i -lt 100 || fail "line $1 should hold \"$2\""
		sleep 0.1
	done
}

all=$(run list --format csv --columns name | sed 1d | wc -l | tr -d ' ')
few=$(run list --format csv --columns name --where 'tier:1' | sed 1d | wc -l | tr -d ' ')

mux new-session -d -x 80 -y 24 cat
mux set -g remain-on-exit on
for term in tmux-256color screen-256color; do
	mux set -g default-terminal "$term"
	mux respawn-pane -k "'$TIERDESK_BIN' --db '$db' --as-of 2026-03-31; \
		echo \"\$? \$TERM\" >'$work/left'"
	sees 0 "$all accounts"
	sees 2 "Account"
	sees 3 "▸ T"
	sees 3 "$(nth 1)"
	sees 23 "Enter open"
	mux send-keys Down
	sees 4 "▸ T"
	sees 4 "$(nth 2)"
	mux send-keys /
	mux send-keys -l tier:1
	mux send-keys Enter
	sees 0 "$few of $all accounts"
	sees 1 "filter tier:1"
	sees 3 "$(nth 1 tier:1)"
	mux send-keys Enter
	sees 23 "Esc back"
	mux send-keys Escape
	sees 23 "Enter open"
	mux send-keys q
	i=0
	while test $i -lt 100 && test ! -s "$work/left"; do
		i=$((i + 1))
		sleep 0.1
	done
	test "$(cat "$work/left")" = "0 $term" || fail "left with $(cat "$work/left")"
	rm "$work/left"
done
echo "tmux $(tmux -V | cut -d' ' -f2): as it should be"
