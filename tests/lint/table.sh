#!/bin/sh
# The table of core/ in ARCHITECTURE.md names every file there, names none that is not
# there, and says nothing twice.
set -eu
. "$(dirname "$0")/lib.sh"

# shellcheck disable=SC2046 # no file name here has blanks
awk '
	function fails(what) {
		print "FAIL: ARCHITECTURE.md: " what
		bad = 1
	}
	FNR == NR {
		if (/^## /)
			here = /^## core\//
		n = here && /^\| `/ ? split($0, cell, "|") : 0
		quotes = n ? split(cell[2], part, "`") : 0
		for (i = 2; i <= quotes; i += 2) {
			names = split(part[i], name, " ")
			for (k = 1; k <= names; k++) {
				if (name[k] in said)
					fails(name[k] " stands twice")
				said[name[k]] = 0
			}
		}
		next
	}
	END {
		for (i = 2; i < ARGC; i++) {
			file = ARGV[i]
			sub(/.*\//, "", file)
			bare = file
			sub(/\.[a-z]*$/, "", bare)
			covered = 0
			for (word in said) {
				star = word ~ /\*$/
				stem = substr(word, 1, length(word) - star)
				if (word == file || word == bare ||
					(star && index(bare, stem) == 1)) {
					said[word]++
					covered = 1
				}
			}
			if (!covered)
				fails("no word of " ARGV[i])
		}
		for (word in said)
			if (!said[word])
				fails(word " is no file of core/")
		exit bad
	}
' ARCHITECTURE.md $(find core -name '*.[ch]' -o -name '*.def' | sort)
