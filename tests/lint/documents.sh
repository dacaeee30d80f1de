#!/bin/sh
# The documents are those that the program writes about itself today, and are in order.
# With --update (`make update-documents`) they are written anew instead.
set -eu
. "$(dirname "$0")/lib.sh"
program=${TIERDESK_BIN:?the program to ask}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' 0
docs=$tmp/docs
mkdir "$docs" "$docs/man" "$docs/completions" "$docs/pictures"
for verb in "demo --no-console" "documents $docs"; do
	# shellcheck disable=SC2086 # words, not one
	"$program" --db "$tmp/demo.db" --as-of 2026-11-20 --actor demo $verb >/dev/null
done

# The key sheet stands in the README between two marks.
awk -v sheet="$docs/keys.md" '
	/^<!-- end of keys -->$/ { inside = 0 }
	!inside { print }
	/^<!-- keys:/ {
		inside = 1
		while ((getline line < sheet) > 0)
			print line
	}' README.md >"$docs/README.md"
rm "$docs/keys.md"

stale=no
# No name of these has blanks.
for name in $(cd "$docs" && find . -type f | sed 's,^\./,,' | sort); do
	case $name in
	README.md) target=README.md ;;
	*) target=assets/$name ;;
	esac
	cmp -s "$docs/$name" "$target" && continue
	if [ "${1-}" = --update ]; then
		cat "$docs/$name" >"$target"
		echo "updated $target"
	else
		diff -u "$target" "$docs/$name" | head -20 || true
		stale=yes
	fi
done
if [ "$stale" = yes ]; then
	echo 'FAIL: documents are not those of the program: run make update-documents'
	exit 1
fi

# has COMMAND: whether this machine can check it.
has()
{
	command -v "$1" >/dev/null || ! echo "not checked: no $1 here"
}

for page in assets/man/*; do
	if has mandoc; then
		mandoc -Tlint -Wwarning "$page"
	fi
	if has groff; then
		groff -man -Tutf8 -ww "$page" 2>"$tmp/said" >/dev/null
		if [ -s "$tmp/said" ]; then
			cat "$tmp/said"
			exit 1
		fi
	fi
done
if has bash; then
	bash -n assets/completions/tierdesk
fi
if has zsh; then
	zsh -n assets/completions/_tierdesk
fi
if has fish; then
	fish -n assets/completions/tierdesk.fish
fi
if has xmllint; then
	xmllint --noout assets/pictures/*.svg
fi
