#!/bin/sh
# The outbox and its hook: one that works, fails, hangs, is not there, does not read; the
# program killed in between; the examples with stand-ins for sendmail and curl; names that
# want to become headers or commands.
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"
# shellcheck source=tests/e2e/lib_day.sh
. "$here/lib_day.sh"
settings=$XDG_CONFIG_HOME/tierdesk/tierdesk.conf

# hook NAME: the program on stdin becomes the hook.
hook() {
	{
		echo '#!/bin/sh'
		cat
	} >"$1"
	chmod +x "$1"
	printf '[options]\noutbox-hook = %s\n' "$work/$1" >"$settings"
}

# lives PID: it runs, and is not only waiting to be buried.
lives() {
	case $(ps -o stat= -p "$1" 2>/dev/null) in
	'' | Z*) return 1 ;;
	esac
}

# begins PID: waits until its hook began, or it ended without.
begins() {
	while ! ls begun.* >/dev/null 2>&1; do
		lives "$1" || { bad 'the hook did not begin' && return; }
		sleep 0.05
	done
}

# waiting N: so many messages wait.
waiting() {
	td outbox --format json >list.json 2>/dev/null
	n=$(grep -o '"tries":' list.json | wc -l)
	[ "$n" -eq "$1" ] && good || bad "$n messages wait, not $1"
}

make_book
is 2 'no hook' td outbox --send
has 'no hook' 'set outbox-hook in tierdesk.conf' err
for misplaced in 'outbox-hook = /bin/true' '[keys]\noutbox-hook = /bin/true' \
	'[theme]\noutbox-hook = /bin/true' '[option]\noutbox-hook = /bin/true'; do
	# shellcheck disable=SC2059 # its lines
	printf "$misplaced\n" >"$settings"
	is 4 "the hook elsewhere: $misplaced" td outbox --send
	has "the hook elsewhere: $misplaced" 'it goes under [options]' err
	has "the hook elsewhere: $misplaced" 'tierdesk.conf:' err
done
printf '[options]\noutbox-hook = /bin/true\noutbox-timeout = soon\n' >"$settings"
is 4 'no timeout' td outbox --send
has 'no timeout' 'tierdesk.conf:3: outbox-timeout = soon: a whole number' err
rm "$settings"
is 2 'no hook for recalc' td recalc --send
is 0 'and nothing was calculated' td outbox
has 'and nothing was calculated' 'nothing waits to be sent' err

# ---- the list ----------------------------------------------------------------------

is 0 'recalc' td recalc
is 0 'the list' td outbox
equals 'the list' out <<'END'
id  made        kind      account                           to                                       play             tries  failed because  subject
 1  2026-11-29  customer  Pool<0A>Bcc: evil@bad.example     eve@there.example Bcc: evil@bad.example  detractor-reply     --  --              Thank you for the honest answer
 2  2026-11-29  customer  '; touch pwned; $(touch pwned) #  pat@there.example                        detractor-reply     --  --              Thank you for the honest answer
END
waiting 2
has 'the list as JSON' '"recipient":"eve@there.example Bcc: evil@bad.example"' list.json
is 2 'two things at once' td outbox --send --mark-sent
is 2 'ids alone' td outbox 1
is 2 'JSON of what is no list' td outbox --mark-sent --format json
is 2 'no CSV' td outbox --format csv
is 2 'mark nothing' td outbox --mark-sent one
is 2 'mark what is not there' td outbox --mark-sent 99
waiting 2
cp book.db two.db

# ---- hooks -------------------------------------------------------------------------

hook fails <<'END'
cat >/dev/null
printf '\n\033]0;x\007no room\nsecond line\n' >&2
exit 7
END
is 1 'it fails' td outbox --send
equals 'it fails' out <<'END'
0 sent, 2 failed
END
waiting 2
has 'it says why' '"tries":1,"failure":"exit 7: <1B>]0;x<07>no room"' list.json
hasnt 'it says why' 'second line' list.json

hook dies <<'END'
kill -9 $$
END
is 1 'it is killed' td outbox --send
waiting 2
has 'it is killed' '"tries":2,"failure":"ended by signal 9"' list.json

# The first one hangs, with a child that hears nothing; the second is sent.
hook hangs <<END
case \$(cat) in *'"id":1,'*)
	trap '' TERM
	sleep 77 &
	echo \$! >$work/child
	wait
	sleep 77 ;;
esac
END
echo 'outbox-timeout = 3' >>"$settings"
is 1 'it hangs' td outbox --send
equals 'it hangs' out <<'END'
1 sent, 1 failed
END
waiting 1
has 'it hangs' '"tries":3,"failure":"took longer than 3 s"' list.json
lives "$(cat child)" && bad 'its child lives' || good

# No file descriptors but its own, no stdout of ours, words as they stand.
cat >says <<END
#!/bin/sh
printf '%s|' "\$@" >$work/words
if [ -e /proc/self/fd ]; then
	for fd in 3 4 5 6 7 8 9; do
		[ -e /proc/\$\$/fd/\$fd ] && [ "\$(readlink /proc/\$\$/fd/\$fd)" != "\$0" ] &&
			echo \$fd >>$work/open
	done
fi
echo noise
cat >$work/got
END
chmod +x says
# shellcheck disable=SC2016 # to stay as it is
printf '[options]\noutbox-hook = %s "a b" '\''$HOME *'\'' c\\ d "" --x=y=z\n' "$work/says" >"$settings"
is 0 'words' sh -c '"$@" 7<csms.csv 9>nine' sh "$bin" --db book.db --as-of 2026-11-29 outbox --send
printf 'a b|$HOME *|c d||--x=y=z|' >must.words
cmp -s words must.words && good || bad "words: $(cat words)"
[ -e open ] && bad "open: $(cat open)" || good
hasnt 'its stdout is nobody'"'"'s' noise out
[ "$(wc -l <got)" = 1 ] && good || bad 'a message is one line'
has 'a message' '{"id":1,"account":"P1","name":"Pool\nBcc: evil@bad.example","kind":"customer","made":"2026-11-29",' got
waiting 0
is 0 'nothing to send' td outbox --send

# It is late, but ends by itself and says that it sent: it did.
cp two.db book.db
hook late <<'END'
trap '' TERM
cat >/dev/null
sleep 2
END
echo 'outbox-timeout = 1' >>"$settings"
is 0 'it is late' td outbox --send
waiting 0

# It closes its stdin at once, though the message is longer than a pipe.
cp two.db book.db
if command -v python3 >/dev/null; then
	python3 -c 'import sqlite3
c = sqlite3.connect("book.db")
c.execute("UPDATE message SET body = ?", ("x" * 300000,))
c.commit()'
fi
hook deaf <<'END'
exec 0<&-
sleep 0.1
END
is 0 'it does not read' td outbox --send
waiting 0

for path in "$work/none" "$work" "$work/csms.csv" says ''; do
	cp two.db book.db
	printf '[options]\noutbox-hook = %s\n' "$path" >"$settings"
	is 2 "not a program: $path" td outbox --send
	waiting 2
	hasnt "not a program: $path" '"tries":1' list.json
done
printf '[options]\noutbox-hook = "%s\n' "$work/says" >"$settings"
is 4 'a quote that is open' td outbox --send
has 'a quote that is open' 'never closed' err
printf '#!%s/none\n' "$work" >broken
chmod +x broken
printf '[options]\noutbox-hook = %s\n' "$work/broken" >"$settings"
is 1 'it does not start' td outbox --send
has 'it does not start' 'exit 126: can'"'"'t be started' err
waiting 2

# ---- the program is killed in between ----------------------------------------------

cp two.db book.db
hook slow <<END
cat >>$work/sent
: >$work/begun.\$\$
while [ ! -e $work/go ]; do sleep 0.05; done
END
echo 'outbox-timeout = 1' >>"$settings"
rm -f sent go begun.*
"$bin" --db book.db --as-of 2026-11-29 outbox --send >/dev/null 2>&1 &
pid=$!
begins $pid
kill -9 $pid
wait $pid 2>/dev/null
: >go
waiting 2
has 'it is with who sent it' '"sender":"' list.json
is 0 'the book is sound' td verify
is 0 'again' td outbox --send
waiting 1
has 'again' '1 message is with another sender' err
sleep 39 # the time of the one that died is over
is 0 'once more' td outbox --send
waiting 0
[ "$(grep -c '"id":1,' sent)" = 2 ] && good || bad 'the one at hand goes out again'
[ "$(grep -c '"id":2,' sent)" = 1 ] && good || bad 'the other goes out once'

# Several at once: each message once, and what each sent is one operation.
cp two.db book.db
hook counts <<END
sleep 0.1
cat >>$work/all
END
rm -f all
for n in 1 2 3 4; do
	"$bin" --db book.db --as-of 2026-11-29 --actor "sender$n" outbox --send >/dev/null 2>>err.$n &
done
wait
waiting 0
[ "$(wc -l <all)" = 2 ] && good || bad "$(wc -l <all) went out of 2"
[ "$(sort -u all | wc -l)" = 2 ] && good || bad 'one went out twice'
is 0 'the history tells' "$bin" --db book.db log --format json
[ "$(grep -o '"field":"sent_on","before":null,"after":"2026-11-29"' out | wc -l)" = 2 ] &&
	good || bad 'the history tells of both'

# A polite end: the hook is ended too, nothing is marked.
cp two.db book.db
printf '[options]\noutbox-hook = %s\n' "$work/slow" >"$settings"
rm -f sent go begun.*
"$bin" --db book.db --as-of 2026-11-29 outbox --send >/dev/null 2>err &
pid=$!
begins $pid
kill -TERM $pid
wait $pid
[ $? = 130 ] && good || bad 'interrupted'
has 'interrupted' 'message 1 and those behind it still wait' err
child=$(ls begun.* | sed 's/begun\.//')
lives "$child" && bad 'the hook lives' || good
waiting 2
hasnt 'interrupted' '"tries":1' list.json

# ---- marks and recalculations ------------------------------------------------------

cp two.db book.db
is 0 'mark one' td outbox --mark-sent 2
waiting 1
is 2 'mark it again' td outbox --mark-sent 2
is 0 'mark all' td outbox --mark-sent
waiting 0
is 0 'marks are told' td log
has 'marks are told' 'mark a message as sent' out
make_book
hook takes <<END
cat >>$work/taken
END
rm -f taken
is 0 'a recalculation alone sends nothing' td recalc
[ -e taken ] && bad 'it sent' || good
is 0 'with --send it does' td recalc --send --format json
has 'with --send it does' '"sent":2,"failed":0}' out
[ "$(wc -l <taken)" = 2 ] && good || bad 'two messages'

# ---- the examples ------------------------------------------------------------------

examples=$here/../../assets/examples
mkdir -p stand-in
cat >stand-in/sendmail <<END
#!/bin/sh
printf '%s\n' "\$@" >$work/mail.words
cat >$work/mail
END
cat >stand-in/curl <<END
#!/bin/sh
printf '%s\n' "\$@" >$work/curl.words
cat <&3 >$work/curl.config
cat >$work/curl.body
END
chmod +x stand-in/*
PATH=$work/stand-in:$PATH
export PATH

printf '{"id":1}\n' | sh "$examples/outbox-log.sh" "$work/log" && good || bad 'log'
printf '{"id":2}\n' | sh "$examples/outbox-log.sh" "$work/log" && good || bad 'log'
[ "$(wc -l <log)" = 2 ] && good || bad 'the log has two lines'
[ "$(ls -l log | cut -c1-10)" = '-rw-------' ] && good || bad 'others can read the log'

if ! command -v jq >/dev/null; then
	echo 'no jq: the examples that need it are left out'
	finish
	exit
fi

mail() {
	rm -f mail mail.words
	printf '%s\n' "$1" | sh "$examples/outbox-mail.sh" us@here.example 2>mail.err
}
mail '{"kind":"customer","recipient":"pat@there.example","subject":"Grüße an Zoë\nBcc: evil@bad.example\r\nX: y","body":"Hi\n.\n$(touch pwned)\n"}' &&
	good || bad "mail: $(cat mail.err)"
equals 'its words' mail.words <<'END'
-i
-f
us@here.example
--
pat@there.example
END
[ "$(sed '/^$/q' mail | grep -c '^[A-Za-z-]*:')" = 6 ] && good || bad 'six headers, no more'
sed '/^$/q' mail | grep -qiE 'bcc|evil|^x:' && bad 'a header out of a name' || good
if LC_ALL=C awk 'length($0) > 76 || /[^ -~]/ { exit 1 }' mail; then good; else bad 'lines'; fi
sed '1,/^$/d' mail | base64 -d >body
equals 'its text' body <<'END'
Hi
.
$(touch pwned)

END
sed -n 's/.*=?UTF-8?B?\(.*\)?=$/\1/p' mail | while read -r word; do
	printf '%s' "$word" | base64 -d
done >subject
printf 'Grüße an Zoë\nBcc: evil@bad.example\r\nX: y' >must.subject
cmp -s subject must.subject && good || bad "subject: $(cat subject)"
for to in 'eve@there.example\nBcc: evil@bad.example' '-oQ/tmp@x.example' 'a b@x.example' \
	'$(touch pwned)@x.example' 'a@b@c.example' '@x' 'x@' 'x@-y' 'executive' '' \
	'a@x.example,b@x.example' '<a@x.example>' 'a@x.example\r' '|touch@pwned'; do
	mail '{"kind":"notice","recipient":"'"$to"'","subject":"s","body":"b"}'
	[ $? = 65 ] && [ ! -e mail ] && good || bad "it mails to $to"
done
mail '{"kind":"notice","recipient":null,"subject":null,"body":null}'
[ $? = 65 ] && good || bad 'nobody to mail to'
mail 'no json' && bad 'what is no message is sent' || good

printf 'https://chat.example/hooks/secret\n' >address
chat() {
	rm -f curl.*
	printf '%s\n' "$1" | sh "$examples/outbox-chat-webhook.sh" "$work/address" 2>chat.err
}
chat '{"kind":"notice","subject":"<!channel> \"now\" & $(touch pwned)","body":"line\nline"}' &&
	good || bad "chat: $(cat chat.err)"
equals 'what it posts' curl.body <<'END'
{"text":"*&lt;!channel&gt; \"now\" &amp; $(touch pwned)*\nline\nline"}
END
has 'where to' 'url = "https://chat.example/hooks/secret"' curl.config
hasnt 'the address is nobody else'"'"'s' secret curl.words
chat '{"kind":"customer","subject":"s","body":"b"}'
[ $? = 64 ] && [ ! -e curl.body ] && good || bad 'a message to a customer is told'

# All the way: the hostile one stays, and says why.
make_book
td recalc >/dev/null
printf '[options]\noutbox-hook = /bin/sh "%s" us@here.example\n' "$examples/outbox-mail.sh" >"$settings"
is 1 'all the way' td outbox --send
equals 'all the way' out <<'END'
1 sent, 1 failed
END
waiting 1
has 'all the way' '"failure":"exit 65: no address of customer to send to"' list.json
[ -e pwned ] && bad 'something ran' || good
ends
