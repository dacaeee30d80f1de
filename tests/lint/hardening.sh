#!/bin/sh
# The program, and its module where there is one, are linked as the hardening options
# promise. hardening.sh [PROGRAM]
set -eu
if [ $# = 0 ]; then
	module=${TIERDESK_BIN%/*}/tierdesk-paint.so
	[ ! -e "$module" ] || sh "$0" "$module"
fi
program=${1:-$TIERDESK_BIN}

if ! command -v readelf >/dev/null || ! readelf -h "$program" >/dev/null 2>&1; then
	echo 'SKIP: not an ELF program, or no readelf'
	exit 77
fi

facts=$(readelf -hldW "$program")
bad=0

# must PATTERN MEANING
must()
{
	echo "$facts" | grep -qE -e "$1" || {
		echo "$program: $2"
		bad=1
	}
}

# mustnot PATTERN MEANING
mustnot()
{
	if echo "$facts" | grep -E -e "$1"; then
		echo "$program: $2"
		bad=1
	fi
}

must 'Type: +DYN' 'not a position-independent executable'
must 'GNU_RELRO' 'no read-only relocations'
must 'BIND_NOW|FLAGS_1.*NOW' 'symbols are bound late'
must 'GNU_STACK.* RW ' 'the stack can be executed'
mustnot 'TEXTREL' 'relocations in the code'
mustnot 'RPATH|RUNPATH' 'a library path is built in'
[ ! -u "$program" ] || {
	echo "$program: set-user-id"
	bad=1
}
if [ $bad = 1 ]; then
	echo 'FAIL: see HARDEN_CFLAGS and HARDEN_LDFLAGS in configure.ac'
	exit 1
fi
