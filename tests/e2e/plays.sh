#!/bin/sh
# plays: the list, one play, its JSON, and plays of one's own, also wrong and hostile ones.
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"
export HOME="$work/home" XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data"
own=$XDG_CONFIG_HOME/tierdesk/plays
mkdir -p "$HOME" "$own"

# play NAME TIERS [MORE]: a play as a file on stdout.
play() {
	printf '[play]\nname = %s\ntitle = Mine\nversion = 3\ntiers = %s\nstage = risk\n' \
		"$1" "$2"
	printf 'driver = ease\npurpose = value\ntouch = one-to-few\ntrigger = Now.\n%b\n' \
		"${3-}"
	printf '[step.1]\ntitle = Do it\nowner = csm\nkind = task\ndue = 0\n'
}

# ---- what is shipped; no book is needed --------------------------------------------

is 0 'the list' "$bin" plays
for text in 'Tier 1: ' 'Tier 2: ' 'Tier 3: ' 'recovery-call' 'alerts: health-drop, silent' \
	'Office hours: 4 steps in 21 days, version 1, shipped'; do
	has 'the list' "$text" out
done
cp out list
is 0 'the list again' "$bin" plays
cmp list out && good || bad 'two lists differ'
is 0 'one play' "$bin" plays recovery-call
for text in 'version  1, shipped, plays/recovery-call.ini' 'alerts   health-drop, silent' \
	'[outcome]' 'Hi {contact},' 'Do not offer a discount.'; do
	has 'one play' "$text" out
done
is 0 'texts of steps' "$bin" plays growth-audit
for text in 'subject of step 4' '{account}: the sheet, and the one thing' 'text of step 4'; do
	has 'texts of steps' "$text" out
done
is 0 'JSON' "$bin" plays --format json
for key in name title version source file trigger stage driver purpose touch tiers alerts \
	gates health_min steps owner kind due_days outcome_required subject body script; do
	has 'JSON' "\"$key\":" out
done
is 0 'JSON of one' "$bin" plays expansion-hand-off --format json
has 'JSON of one' '{"name":"expansion-hand-off","title":' out
has 'JSON of one' '"health_min":70,' out
is 2 'no such play' "$bin" plays recovery-cal
has 'no such play' 'did you mean recovery-call' err
is 2 'too many words' "$bin" plays a b
is 2 'one play and --check' "$bin" plays recovery-call --check
is 2 'no CSV' "$bin" plays --format csv
is 0 'the check' "$bin" plays --check
has 'the check' ' plays, no findings' out
is 0 'the check as JSON' "$bin" plays --check --format json
has 'the check as JSON' '{"findings":[]}' out
is 3 'the check of a book that is not there' "$bin" --db none.db plays --check

# ---- plays of one's own ------------------------------------------------------------

play wake-up 2 'alerts = silent' >"$own/b.ini"
play of-ours '1 3' >"$own/c.ini"
is 0 'own ones' "$bin" plays
has 'own ones' 'Mine: 1 step in 0 days, version 3, own' out
[ "$(grep -c 'version 3, own' out)" = 3 ] && good || bad 'not in each of their tiers'
[ -s err ] && bad "told something: $(cat err)" || good
is 0 'own JSON' "$bin" plays wake-up --format json
has 'own JSON' '"source":"own","file":"'"$own"'/b.ini"' out
is 0 'own ones are in order' "$bin" plays --check

# What is wrong is told in one line each, in byte order, and the others are read.
play wake-up 2 >"$own/d.ini"
play UP 2 >"$own/e.ini"
printf 'title \033]0;x\007\n' >"$own/f.ini"
: >"$own/g.ini"
mkdir "$own/h.ini"
mkfifo "$own/i.ini"
head -c 65536 /dev/zero | tr '\0' '\n' >"$own/j.ini"
ln -s /nowhere "$own/k.ini"
play '\033' 9 >"$own/.hidden.ini"
play '\033' 9 >"$own/b.ini~"
is 0 'wrong ones' "$bin" plays
has 'wrong ones' 'version 3, own' out
sed 's/^left out: [^:]*plays\/\(.\).*/\1/; s/^left out: can.t read .*plays\/\(.\).*/\1/' err |
	tr -d '\n' >order
has 'one line each, in order' 'defghijk' order
[ "$(wc -l <err)" = 8 ] && good || bad "$(wc -l <err) lines, not 8"
has 'a name twice' 'd.ini: wake-up is in ' err
has 'file and line' 'e.ini:2: name = UP: a-z, 0-9 and -' err
has 'a file that is empty' 'g.ini: [play] has no name' err
has 'a file that is too big' 'j.ini: has 65536 bytes, a play may have 65535' err
grep -q "$(printf '\033')" err && bad 'a control reaches the terminal' || good
is 0 'quiet' "$bin" plays --quiet
[ -s err ] && bad 'is not quiet' || good
is 1 'the check tells them' "$bin" plays --check
has 'the check tells them' '! ' out
[ "$(grep -c '^! ' out)" = 8 ] && good || bad 'not every file is a finding'
is 1 'the check tells them as JSON' "$bin" plays --check --format json
has 'the check tells them as JSON' 'wake-up is in ' out
rm -rf "$own"/[d-k].ini

# A control in a title is refused, one that turns text round is shown as what it is.
play turned 1 | sed "s/Mine/$(printf 'a\342\200\256b')/" >"$own/t.ini"
is 0 'a title that turns' "$bin" plays turned
has 'a title that turns' 'turned: a<202E>b' out
rm "$own/t.ini"

# ---- how they are used -------------------------------------------------------------

is 2 '--used and --check' "$bin" plays --used --check
is 2 'weeks without --used' "$bin" plays --weeks 4
has 'weeks without --used' '--weeks goes with --used' err
is 2 'no weeks' "$bin" --db used.db plays --used --weeks 0
is 2 'weeks that are none' "$bin" --db used.db plays --used --weeks x
is 3 'a book that is not there' "$bin" --db used.db plays --used
is 0 'an empty book' "$bin" --db empty.db init
is 0 'nothing used' "$bin" --db empty.db plays --used --format json
shows 'len(x) > 20 and all(r["done"] == 0 and r["in_time_pct"] is None for r in x)'
is 0 'one of them' "$bin" --db empty.db plays recovery-call --used
has 'one of them' 'not used in 26 weeks' out
is 0 'a book' "$bin" --db used.db --as-of 2026-03-31 demo --accounts 120 --seed 3 --no-console
used() {
	"$bin" --db used.db --as-of 2026-03-31 "$@"
}
is 0 'tasks' used tasks --csm all --all --format json
cp out tasks.json
is 0 'used' used plays --used --format json
cp out used.json
# The same counted from the list of tasks.
if python3 - <<'END'; then
import json, datetime
day = datetime.date(2026, 3, 31)
first = (day - datetime.timedelta(days=26 * 7 - 1)).isoformat()
tasks = [t for t in json.load(open("tasks.json"))
         if t["started"] >= first and t["play"] != "claim"]
want, got = {}, {}
for t in tasks:
    w = want.setdefault((t["play"], t["version"]), [0] * 5)
    w[0] += t["actor"] is None
    w[1] += t["actor"] is not None
    for k, state in enumerate(("open", "done", "dropped")):
        w[2 + k] += t["state"] == state
for r in json.load(open("used.json")):
    x = [r[k] for k in ("by_alert", "by_hand", "running", "done", "dropped")]
    if sum(x):
        got[r["play"], r["version"]] = x
assert want == got and len(got) > 5, (want, got)
END
	good
else
	bad 'used is not what tasks say'
fi
is 0 'used as a table' used plays --used
has 'used as a table' 'by alert' out
is 0 'used as CSV' used plays --used --format csv --weeks 52
has 'used as CSV' 'play,title,version,by_alert,' out
is 0 'one by CSM' used plays ticket-review --used
has 'one by CSM' 'ended in time' out
has 'one by CSM' 'CSMs' out
is 0 'one by CSM as JSON' used plays ticket-review --used --format json
cp out one.json
cp used.json out
shows 'sum(r["done"] for r in x if r["play"] == "ticket-review") == sum(
	r["done"] for r in json.load(open("one.json")))'
is 2 'no such play was used' used plays ticket-revie --used
has 'no such play was used' 'did you mean ticket-review' err

# ---- against the policy of a book --------------------------------------------------

"$bin" --db book.db init >/dev/null
printf '[alerts.plays]\nsilent = of-ours - no-such\n[alerts.severity]\nblind = off off off\n' \
	>p.ini
is 0 'a policy' "$bin" --db book.db policy apply p.ini --reason test
is 0 'the policy keeps it' "$bin" --db book.db policy show
has 'the policy keeps it' 'silent = of-ours - no-such' out
has 'the policy keeps it' 'blind = off off off' out
is 1 'bindings' "$bin" --db book.db plays --check
has 'bindings' 'silent: there is no play no-such for tier 3' out
has 'bindings' 'silent: the play of-ours is not for this alert' out
[ "$(wc -l <out)" = 2 ] && good || bad "$(wc -l <out) findings, not 2"

# The playbook of one tier for all is none.
for name in $("$bin" plays --format json | tr '{' '\n' | sed -n 's/^"name":"\([^"]*\)".*/\1/p'); do
	play "$name" '1 2 3' >"$own/$name.ini"
done
rm "$own/b.ini" "$own/c.ini"
is 1 'the same for all' "$bin" plays --check
for tier in 1 2 3; do
	has 'the same for all' "tier $tier has no play that no other tier runs" out
done
unset XDG_CONFIG_HOME
is 0 'without a folder' "$bin" plays --check

# ---- started by what was left undone -------------------------------------------------

# on DAY COMMAND...: as of that day
on() {
	on=$1
	shift
	"$bin" --db behaviour.db --as-of "$on" "$@"
}
printf 'account_id,name,arr,tier,onboarding_started\nA1,Alone,9000,3,2026-11-20\n' >started.csv
printf 'account_id,day,metric,value\nA1,2026-11-22,invited_users,0\n' >none.csv
printf 'account_id,day,metric,value\nA1,2026-11-24,invited_users,2\n' >two.csv
is 0 'a book' on 2026-11-20 init
is 0 'accounts' on 2026-11-20 import accounts started.csv
is 0 'nobody invited' on 2026-11-22 import signals none.csv
is 0 'two days' on 2026-11-22 recalc
is 0 'no message yet' on 2026-11-22 outbox
grep -q first-invitation out && bad 'a message too soon' || good
is 0 'three days' on 2026-11-23 recalc
is 0 'a message' on 2026-11-23 outbox
has 'a message' 'first-invitation' out
is 0 'once more' on 2026-11-24 recalc
is 0 'one message' on 2026-11-24 outbox
[ "$(grep -c 'first-invitation' out)" = 1 ] && good || bad 'its first step not once'
is 0 'two invited' on 2026-11-24 import signals two.csv
is 0 'a day later' on 2026-11-25 recalc
is 0 'no message any more' on 2026-11-25 outbox
grep -q first-invitation out && bad 'it waits still' || good
is 0 'by hand' on 2026-11-25 task start A1 first-invitation --reason 'they asked'
has 'by hand' 'its message is in the outbox' err
is 0 'another day' on 2026-11-26 recalc
is 0 'it stays' on 2026-11-26 outbox
has 'it stays' 'first-invitation' out
is 0 'and can be taken back' on 2026-11-26 undo
is 0 'none is left' on 2026-11-26 outbox
grep -q first-invitation out && bad 'not taken back' || good

# ---- a signal that the book never saw ------------------------------------------------

own=$HOME/.config/tierdesk/plays
mkdir -p "$own"
play wait 3 'when = invited_user = 0 after 3 days' |
	sed 's/one-to-few/automated/; s/owner = csm/owner = automation/; s/kind = task/kind = message/' \
		>"$own/wait.ini"
printf '[template]\nsubject = Hello\nline = Hello\n' >>"$own/wait.ini"
is 1 'an unknown signal' on 2026-11-26 plays --check
has 'an unknown signal' 'play wait: nobody ever measured invited_user (did you mean invited_users?)' out
sed -i 's/invited_user /invited_users /' "$own/wait.ini"
is 0 'a known one' on 2026-11-26 plays --check

ends
