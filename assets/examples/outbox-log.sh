#!/bin/sh
# An outbox hook that keeps every message in a file, one line of JSON each:
#
#   outbox-hook = /path/to/outbox-log.sh /path/to/outbox.jsonl
#
# Another program takes them from there. tierdesk marks a message as sent when this ends
# with 0.
set -eu
umask 077
file=${1:?outbox-log.sh: which file? Give its path as an argument}
cat >>"$file"
