#!/bin/sh
# ./bootstrap on machines that have next to nothing: for each package manager it says what
# is missing, and installs with the right names, as root or through sudo.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' 0
bad=0

# machine MANAGER UID: a PATH with little more than a shell, and a manager that only notes
# how it was called.
machine()
{
	rm -rf "${tmp:?}/bin" "$tmp/calls"
	mkdir "$tmp/bin"
	for tool in sh cat sed awk mktemp rm find dirname printf env getconf; do
		ln -s "$(command -v $tool)" "$tmp/bin/$tool" 2>/dev/null || :
	done
	# shellcheck disable=SC2016 # for the script to expand
	printf '#!/bin/sh\necho "%s $*" >>"%s/calls"\n' "$1" "$tmp" >"$tmp/bin/$1"
	# shellcheck disable=SC2016
	printf '#!/bin/sh\necho sudo >>"%s/calls"\nexec "$@"\n' "$tmp" >"$tmp/bin/sudo"
	printf '#!/bin/sh\necho %s\n' "$2" >"$tmp/bin/id"
	chmod +x "$tmp/bin/$1" "$tmp/bin/sudo" "$tmp/bin/id"
	: >"$tmp/calls"
}

# run ARGUMENT...: sets status, output and calls.
run()
{
	status=0
	output=$(env PATH="$tmp/bin" sh "$TIERDESK_SRC/bootstrap" "$@" 2>&1) || status=$?
	calls=$(cat "$tmp/calls")
}

# expect TEXT PATTERN: a line of the text must match.
expect()
{
	echo "$1" | grep -qE -e "$2" || {
		echo "FAIL: $manager: no line like \"$2\" in:"
		echo "$1"
		bad=1
	}
}

# tells MANAGER COMMAND PACKAGES: what --no-install says and what installing runs.
tells()
{
	manager=$1
	machine "$manager" 0
	run --no-install check
	[ "$status" = 1 ] || {
		echo "FAIL: $manager: exit status $status where things are missing"
		bad=1
	}
	[ -z "$calls" ] || [ "$manager" = brew ] || {
		echo "FAIL: $manager: --no-install ran: $calls"
		bad=1
	}
	expect "$output" 'missing \(build\)'
	expect "$output" 'missing \(check\)'
	expect "$output" "would run: .*$2 .*$3"

	machine "$manager" 1000
	run
	expect "$calls" "^$2 .*$3"
	expect "$output" 'still missing'
	[ "$status" = 1 ] || {
		echo "FAIL: $manager: exit status $status though nothing got installed"
		bad=1
	}
	if [ "$manager" = brew ]; then
		! echo "$calls" | grep -q sudo || bad=1
	else
		expect "$calls" '^sudo$'
	fi
}

tells apt-get 'apt-get install -y --no-install-recommends' \
	'gcc libc6-dev make autoconf automake pkg-config libncurses-dev libsqlite3-dev libutf8proc-dev libinih-dev'
expect "$calls" '^apt-get update'
tells dnf 'dnf install -y' \
	'gcc make autoconf automake pkgconf-pkg-config ncurses-devel sqlite-devel utf8proc-devel inih-devel'
tells pacman 'pacman -Sy --needed --noconfirm' \
	'gcc make autoconf automake pkgconf ncurses sqlite libutf8proc libinih'
tells apk 'apk add' \
	'gcc musl-dev make autoconf automake pkgconf ncurses-dev sqlite-dev utf8proc-dev inih-dev'
tells brew 'brew install' 'make autoconf automake pkgconf ncurses sqlite utf8proc inih'

machine none 0
manager=none
run
expect "$output" 'no package manager known here'

run sing
[ "$status" = 2 ] || bad=1
exit $bad
