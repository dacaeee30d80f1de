#!/bin/sh
# The CSM's day on the command line: the queue, alerts, plays and their steps, the pool;
# with names that are hostile.
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"
# shellcheck source=tests/e2e/lib_day.sh
. "$here/lib_day.sh"

make_book
is 0 'before anybody looked' td queue
has 'before anybody looked' 'nobody looked for alerts yet: run `tierdesk recalc`' err
is 0 'recalc' td recalc
has 'recalc' 'alerts: 7 opened, 0 resolved' out

# ---- the queue ---------------------------------------------------------------------

is 0 'queue' td queue
equals 'queue' out <<'END'
#  section  id  account                           who  tier  health  at risk  next                                              renewal  alerts  task  why
1  now      A1  Acme, Inc                         Ann     1      --  $ 21.0k  Write down who decides, how they decide, and th…       63  1 2 3      1  renewal in 63 d, health unknown; NPS 3, answered 9 d ago; 1 more
2  now      A2  =1+1 <1B>]0;x<07>                 Bo      2      --   $ 7.0k  Read the comment, the role of who wrote it, and…       91  4 5        4  NPS 4, answered 8 d ago; health unknown: 20 % of its weight has an input
3  now      P2  '; touch pwned; $(touch pwned) #  --      3      --    $ 280  mail waits in the outbox since 2026-11-29              --  7         --  NPS 1, answered 6 d ago
4  now      P1  Pool<0A>Bcc: evil@bad.example     --      3      --    $ 140  mail waits in the outbox since 2026-11-29              --  6         --  NPS 2, answered 7 d ago
END
is 0 'queue of Ann' td queue --csm Ann --format csv
equals 'queue of Ann' out <<'END'
rank,section,id,name,csm,tier,health,at_risk_cents,weight,rank_cents,why,next,renewal_days,claimed_by,alert_ids,task_id
1,now,A1,"Acme, Inc",Ann,1,,2100000,1.3,2730000,"renewal in 63 d, health unknown; NPS 3, answered 9 d ago; 1 more","Write down who decides, how they decide, and their last day to give notice (due today)",63,,1 2 3,1
END
ids=$(sed -n '2s/.*,\([0-9 ]*\),[0-9]*$/\1/p' out)
cp book.db ids.db
# shellcheck disable=SC2086 # ids
is 0 'close takes its ids' "$bin" --db ids.db --as-of 2026-11-29 --actor Tess close $ids --outcome done
has 'close takes its ids' '3 alerts are closed' err
# 199 letters of one byte, then such of two: what is cut is cut between them.
long=$(printf '%0199d' 0)éé
is 0 'undo' "$bin" --db ids.db --as-of 2026-11-29 --actor Tess undo
# shellcheck disable=SC2086 # ids
is 0 'a long outcome' "$bin" --db ids.db --as-of 2026-11-29 --actor Tess close $ids \
	--outcome "$long"
is 0 'a long outcome is shown' "$bin" --db ids.db --as-of 2026-11-29 alerts --all
has 'a long outcome is shown' '0000)' out
hasnt 'a long outcome is shown' '<C3>' out
rm ids.db
is 0 'a CSM sees the own ones' "$bin" --db book.db --as-of 2026-11-29 --actor Ann queue \
	--format csv
[ "$(wc -l <out)" = 2 ] && good || bad 'a CSM sees the own ones'
has 'a CSM sees the own ones' 'of Ann; --csm all is everybody' err
is 0 'or all' "$bin" --db book.db --as-of 2026-11-29 --actor Ann queue --csm all --format csv
has 'or all' '1,now,A1' out
has 'or all' ',P2,' out
is 0 'the pool' td queue --csm pool --limit 1 --format json
equals 'the pool' out <<'END'
[{"rank":1,"section":"now","id":"P2","name":"'; touch pwned; $(touch pwned) #","csm":null,"tier":3,"health":null,"at_risk_cents":28000,"weight":1,"rank_cents":28000,"why":"NPS 1, answered 6 d ago","next":"mail waits in the outbox since 2026-11-29","renewal_days":null,"claimed_by":null,"alerts":[{"id":7,"kind":"detractor","severity":"info","state":"open","since":"2026-11-29","why":"NPS 1, answered 6 d ago"}],"task":null}]
END
is 0 'a task in it' td queue --where tier:1 --format json
has 'a task in it' '"claimed_by":null,"alerts":[{"id":' out
has 'a task in it' '"task":{"id":1,"play":"renewal-rescue","step":1,"due":"2026-11-29"}' out
is 0 'nothing' td queue --where tier:1 --csm Bo
has 'nothing' "nothing matches --where 'tier:1'" err
[ -s out ] && bad 'a head without rows' || good
is 0 'no rows as JSON' td queue --where tier:1 --csm Bo --format json
equals 'no rows as JSON' out <<'END'
[]
END
is 2 'a filter that is none' td queue --where 'tier:'
is 4 'nobody of that name' td queue --csm Nobody
is 2 'a state that alerts have not' td alerts --state noticed
has 'a state that alerts have not' 'open, snoozed, resolved or closed' err
# the accounts of somebody, of nobody, as a filter has them
is 0 'list of Ann' td list --csm Ann --format csv
cp out list.ann
is 0 'list of Ann by a filter' td list --where csm:Ann --format csv
cp out by_filter
is 0 'list of Ann is that' cmp by_filter list.ann
is 0 'list of the pool' td list --csm pool --format csv
cp out list.pool
is 0 'list of the pool by a filter' td list --where csm:none --format csv
cp out by_filter
is 0 'list of the pool is that' cmp by_filter list.pool
is 4 'list of nobody of that name' td list --csm Nobody
is 2 'a blank name' td queue --csm ' '
is 2 'in no team' "$bin" --db book.db --as-of 2026-11-29 --actor Ann queue --csm team
has 'in no team' 'Ann is in no team here' err
cp book.db team.db
printf 'name,team\nAnn,North\nBo,north\n' >team.csv
is 0 'a team' "$bin" --db team.db --as-of 2026-11-29 import csms team.csv
is 0 'of the team' "$bin" --db team.db --as-of 2026-11-29 --actor Bo queue --csm team \
	--format csv
has 'of the team' '1,now,A1' out
has 'of the team' '2,now,A2' out
hasnt 'of the team' ',P2,' out
is 0 'its alerts' "$bin" --db team.db --as-of 2026-11-29 --actor Bo alerts --csm team \
	--format csv
has 'its alerts' ',A1,' out
hasnt 'its alerts' ',P2,' out
# Whom somebody chose to be in the console counts for the verbs, in that book.
mkdir -p state/tierdesk
printf '[me]\n%s = bo\n' "$PWD/team.db" >state/tierdesk/state.ini
chosen()
{
	env -u TIERDESK_ACTOR XDG_STATE_HOME="$PWD/state" "$bin" --as-of 2026-11-29 "$@"
}
is 0 'who was chosen' chosen --db team.db queue --format csv
has 'who was chosen' 'of Bo; --csm all' err
has 'who was chosen' '1,now,A2' out
is 0 'and writes' chosen --db team.db note A2 hello
is 0 'and writes' chosen --db team.db log --format json
has 'and writes' '"actor":"Bo"' out
is 0 'but not before --actor' chosen --db team.db --actor Ann queue --format csv
has 'but not before --actor' 'of Ann; ' err
is 0 'nor in another book' chosen --db book.db queue --format csv
hasnt 'nor in another book' 'of Bo' err
printf '[me]\n%s = gone\n' "$PWD/team.db" >state/tierdesk/state.ini
is 0 'nor who is not there' chosen --db team.db queue --format csv
hasnt 'nor who is not there' 'of gone' err
rm -r state
rm team.db team.csv
is 2 'a limit that is none' td queue --limit x

# ---- alerts ------------------------------------------------------------------------

is 0 'alerts' td alerts --kind detractor
equals 'alerts' out <<'END'
id  account  name                              csm  tier  kind       severity  state  opened      why
 2  A1       Acme, Inc                         Ann     1  detractor  warning   open   2026-11-29  NPS 3, answered 9 d ago
 4  A2       =1+1 <1B>]0;x<07>                 Bo      2  detractor  warning   open   2026-11-29  NPS 4, answered 8 d ago
 6  P1       Pool<0A>Bcc: evil@bad.example     --      3  detractor  info      open   2026-11-29  NPS 2, answered 7 d ago
 7  P2       '; touch pwned; $(touch pwned) #  --      3  detractor  info      open   2026-11-29  NPS 1, answered 6 d ago
END
is 2 'a kind that is none' td alerts --kind anger
has 'a kind that is none' 'health-drop, health-red, silent' err
is 2 'an account that is none' td alerts --account nobody
is 0 'at most one' td alerts --limit 1 --format csv
[ "$(wc -l <out)" = 2 ] && good || bad 'at most one'
has 'at most one' '6 more' err

is 2 'a snooze without a day' td snooze 1 --reason x
is 2 'a snooze without a reason' td snooze 1 --until 2w
has 'a snooze without a reason' '--reason TEXT' err
is 4 'a day that is none' td snooze 1 --until 2026-02-30 --reason x
is 2 'a day that is over' td snooze 1 --until today --reason x
is 2 'no id' td snooze one --until 2w --reason x
is 2 'no such alert' td snooze 99 --until 2w --reason x
has 'no such alert' 'there is no alert 99; `tierdesk alerts` lists them' err
is 2 'one of several that is none' td snooze 1 99 --until 2w --reason x
is 0 'nothing was changed' td alerts --account A1 --format json
hasnt 'nothing was changed' '"state":"snoozed"' out
is 0 'snooze' td snooze 1 2 --until 2w --reason 'waits for the board'
has 'whose, and until when' '2 alerts are out of sight until 2026-12-' err
has 'whose, and until when' '(Acme, Inc); ' err
is 0 'snoozed' td alerts --account A1 --format csv
has 'snoozed' '1,A1,"Acme, Inc",Ann,1,renewal,warning,snoozed,2026-11-29,2026-12-13,,waits for the board,,,renewal-rescue' out
is 2 'close without an outcome' td close 3
is 0 'close' td close 3 --outcome 'filled in'
is 2 'close it again' td close 3 --outcome again
has 'close it again' 'alert 3 is over: it was closed on 2026-11-29' err
is 2 'a vote that is none' td vote 3 perhaps
is 2 'a vote on nothing' td vote 99 y
is 0 'a vote on one that ended' td vote 3 n
is 0 'ended ones' td alerts --account A1 --all --format csv
has 'ended ones' '3,A1,"Acme, Inc",Ann,1,blind,warning,closed,2026-11-29,,2026-11-29,,filled in,no,data-repair,' out
is 0 'asleep' td queue --csm Ann
has 'asleep' '1 snoozed' err
is 0 'on its day it is back' "$bin" --db book.db --as-of 2026-12-13 --actor Tess queue --csm Ann
has 'on its day it is back' 'overdue' out
is 0 'undo the vote' td undo
is 0 'undo the end' td undo
is 0 'it is back' td alerts --account A1 --kind blind
has 'it is back' ' open ' out

# ---- plays -------------------------------------------------------------------------

is 0 'tasks' td tasks --csm Ann
equals 'tasks' out <<'END'
id  account  name       csm  tier  play            state  step  due         next
 1  A1       Acme, Inc  Ann     1  renewal-rescue  open      1  2026-11-29  Write down who decides, how they decide, and their last day to give notice
 2  A1       Acme, Inc  Ann     1  detractor-call  open      1  2026-11-29  Read the comment, the role of who wrote it, and their tickets
 3  A1       Acme, Inc  Ann     1  data-repair     open      1  2026-11-29  See which parts of health are missing or too old, and since when
END
is 0 'overdue first' "$bin" --db book.db --as-of 2026-12-02 --actor Tess tasks --csm Ann
has 'overdue first' '(3 d overdue)' out
is 0 'tick' td task tick 2
is 2 'tick without an outcome' td task tick 2
has 'tick without an outcome' 'outcome' err
is 0 'tick with one' td task tick 2 --outcome 'called, will try again'
is 0 'what was done' td tasks --account A1
has 'what was done' 'task 2, step 2  Call the person who answered' out
has 'what was done' ': called, will try again' out
is 0 'one task' td task show 2
has 'one task' '  x  1  2026-11-29  Read the comment, the role of who wrote it, and their tickets  (Tess)' out
has 'one task' '  >  3  2026-12-03  Write back what changes' out
has 'one task' 'Who else at Acme, Inc sees it like you?' out
hasnt 'one task' '{account}' out
is 0 'one task as JSON' td task show 2 --format json
has 'one task as JSON' '"steps_done":[{"step":1,"title":"Read the comment' out
has 'one task as JSON' '"subject":"Your answer to our survey"' out
is 0 'tasks as JSON' td tasks --account A1 --format json
has 'tasks as JSON' '"steps_done":[{"step":1,' out
is 2 'drop without an outcome' td task drop 2
is 0 'drop' td task drop 2 --outcome 'no use'
is 2 'tick it' td task tick 2
has 'tick it' 'task 2 is over: it was dropped on 2026-11-29' err
is 2 'no such task' td task show 99
is 2 'no such play' td task start A1 recovery-cal
has 'no such play' 'did you mean recovery-call' err
is 2 'not without a reason' td task start A2 recovery-call
has 'not without a reason' 'it is not made for tier 2' err
is 0 'with a reason' td task start A2 recovery-call --reason 'they asked for it'
equals 'with a reason' out <<'END'
task 6
END
is 2 'it runs there' td task start A2 recovery-call --reason again
is 2 'an action that is none' td task stop 1
is 2 'too few words' td task start A1
is 2 'tick as JSON' td task tick 1 --format json
is 0 'a message' td task start P2 usage-check-up --reason 'to see'
has 'a message' 'message ' out

# ---- the pool ----------------------------------------------------------------------

is 4 'claim by nobody' td claim P1
is 0 'claim' td claim P1 --to Ann
is 0 'it is in her queue' td queue --csm Ann
has 'it is in her queue' 'P1' out
is 0 'and says who does it' td queue --csm Ann --format csv
has 'and says who does it' ',,Ann,6,' out
is 0 'and not in the pool' td queue --csm pool
hasnt 'and not in the pool' 'P1' out
is 0 'but nobody owns it' td show P1 --format json
has 'but nobody owns it' '"csm":null' out
is 5 'what a colleague claimed' td release P1
has 'what a colleague claimed' 'Ann works on ' err
is 0 'release' td release P1 --reason 'Ann is ill'
is 2 'nobody has it' td release P1
is 5 'what somebody owns' td claim A1 --to Bo
has 'what somebody owns' ' belongs to Ann: only accounts of the pool are claimed' err
is 0 'deal dry' td deal --dry-run
equals 'deal dry' out <<'END'
2 accounts would be dealt
csm  accounts
Ann         1
Bo          1
END
has 'deal dry' 'nothing was dealt' err
is 0 'nobody has any' td queue --csm pool --format csv
has 'nobody has any' 'P1' out
is 0 'deal' td deal --limit 1
equals 'deal' out <<'END'
1 account dealt
csm  accounts
Ann         1
END
is 0 'back' td undo --yes
is 0 'deal as JSON' td deal --limit 1 --format json
equals 'deal as JSON' out <<'END'
[{"csm":"Ann","accounts":1}]
END
is 0 'deal the rest' td deal --format csv
equals 'deal the rest' out <<'END'
csm,accounts
Bo,1
END
is 0 'nothing is left' td deal
equals 'nothing is left' out <<'END'
0 accounts dealt
END
is 2 'deal nothing' td deal --limit 0

# ---- an account --------------------------------------------------------------------

is 0 'show' td show A1
has 'show' '  Service        tier 1: high touch, led by people' out
has 'show' 'business reviews: 4 a year, one every 91 d; the last is not on record: overdue' out
has 'show' 'in place: 0 of 5; missing: success plan, business reviews, executive sponsor' out
has 'show' '  1    warning      renewal        2026-11-29  renewal in 63 d, health unknown  (snoozed until 2026-12-13: waits for the board)' out
has 'show' ', step 1, due 2026-11-29: Write down who decides' out
is 0 'show as JSON' td show A1 --format json
has 'show as JSON' '"last_review":null,"reviews_not_counted":0,"reviews_kept":false,"days":90' out
has 'show as JSON' '"in_place":{"success_plan":false,"business_reviews":false,"executive_sponsor":false,"risk_review":false,"org_chart":false}' out
has 'show as JSON' '"alerts":[{"id":1,"kind":"renewal","severity":"warning","state":"snoozed"' out
has 'show as JSON' '"tasks":[{"id":1,"claimed_by":null,"play":"renewal-rescue"' out
cp out show.json
if command -v python3 >/dev/null; then
	is 0 'it is JSON, each key once' python3 -c '
import json
def once(pairs):
	assert len({k for k, v in pairs}) == len(pairs), [k for k, v in pairs]
	return dict(pairs)
json.load(open("show.json"), object_pairs_hook=once)'
fi

# Nothing of a name ever reached a terminal, or a shell.
for verb in queue alerts tasks outbox 'show A2' 'show P1' 'tasks --account A2' 'log'; do
	# shellcheck disable=SC2086 # words
	td $verb >out 2>&1
	if LC_ALL=C grep -q "$(printf '[\001-\010\013-\037]')" out; then
		bad "$verb: a control reached the terminal"
	else
		good
	fi
done
[ -e pwned ] && bad 'something ran' || good
is 0 'verify' td verify
ends
