#!/bin/sh
# An outbox hook that mails, through anything that understands sendmail's options
# (sendmail, msmtp, postfix, exim):
#
#   outbox-hook = /path/to/outbox-mail.sh success@ourcompany.example
#
# The argument is the sender. Set SENDMAIL for another program than sendmail. Needs jq and
# base64. Names in messages come from outside: no byte of them gets into a header as it
# is. The subject is encoded, the recipient is one plain address or nothing is sent.
set -eu
export LC_ALL=C
from=${1:?outbox-mail.sh: who sends? Give an address as an argument}
message=$(cat)

field() {
	printf '%s' "$message" | jq -r ".$1 // empty"
}

to=$(field recipient)
# One line of harmless characters, an @ in it, no leading - or dot.
case $to in
'' | *[!A-Za-z0-9.@_%+-]* | [!A-Za-z0-9_]* | *@*@* | *@ | *@[.-]*)
	echo "no address of $(field kind) to send to" >&2
	exit 65
	;;
*@*) ;;
*)
	echo "no address: a name or a role" >&2
	exit 65
	;;
esac

# Encoded words of 11 characters, so that none is longer than 75 bytes (RFC 2047).
subject=$(printf '%s' "$message" | jq -r '
	[.subject // "" | explode | range(0; length; 11) as $i | .[$i:$i + 11] | implode
	 | "=?UTF-8?B?" + @base64 + "?="] | join("\n ")')

{
	printf 'From: %s\n' "$from"
	printf 'To: %s\n' "$to"
	printf 'Subject: %s\n' "$subject"
	printf 'MIME-Version: 1.0\n'
	printf 'Content-Type: text/plain; charset=utf-8\n'
	printf 'Content-Transfer-Encoding: base64\n\n'
	field body | base64 | fold -w 76
	echo
} | "${SENDMAIL:-sendmail}" -i -f "$from" -- "$to"
