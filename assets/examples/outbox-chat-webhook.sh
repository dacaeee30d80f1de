#!/bin/sh
# An outbox hook that tells a chat room (Slack, Mattermost and others that take
# {"text": ...}):
#
#   outbox-hook = /path/to/outbox-chat-webhook.sh /path/to/file-with-the-address
#
# The address of such a webhook is a secret: it stands in a file, not in arguments that
# every user of the machine can see. Needs jq and curl. Only notices and escalations, what
# is for colleagues, are told; messages to customers are refused and stay in the outbox.
set -eu
address=${1:?outbox-chat-webhook.sh: which file has the address? Give its path}
message=$(cat)

if [ "$(printf '%s' "$message" | jq -r .kind)" = customer ]; then
	echo 'for a customer, not for a chat room' >&2
	exit 64
fi

# & < > are what mentions and links are made of there.
printf '%s' "$message" | jq -c '
	def plain: gsub("&"; "&amp;") | gsub("<"; "&lt;") | gsub(">"; "&gt;");
	{text: ("*" + (.subject // "" | plain) + "*\n" + (.body // "" | plain))}' |
	curl --fail --silent --show-error --max-time 20 --output /dev/null \
		--header 'Content-Type: application/json' --data-binary @- \
		--config /dev/fd/3 3<<END
url = "$(head -n 1 "$address")"
END
