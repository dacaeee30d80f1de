#!/bin/sh
# What verbs say in JSON is what cli/json.def names: every key of the demo book, and of what
# is rare in it, stands in the table, and every key of the table comes.
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"
# shellcheck source=tests/e2e/lib_day.sh
. "$here/lib_day.sh"
day=2026-11-30
mkdir answers

td() {
	"$bin" --db book.db --as-of $day --actor 'Diego Pereira' --quiet --yes "$@"
}

# does COMMAND...: it goes well.
does() {
	td "$@" >out 2>err || bad "$*: $(cat err)"
}

# says SHAPE VERB...: keeps the answer among those of a shape of the table.
answers=0
says() {
	answers=$((answers + 1))
	shape=$1
	shift
	td "$@" --format json >answers/"$answers" 2>err
	case $? in
	0 | 1 | 4) ;;
	*) bad "$*: $(cat err)" ;;
	esac
	printf '%s\n' "$shape" >answers/"$answers.shape"
}

# ---- rare things, in a book of their own ------------------------------------------

# A play that is on trial, and a hook.
sed 's/^version = .*/&\npilot = 20/' "${TIERDESK_SRC:?}/assets/plays/wake-up.ini" >trial.ini
mkdir -p "$XDG_CONFIG_HOME/tierdesk/plays"
cp trial.ini "$XDG_CONFIG_HOME/tierdesk/plays/wake-up.ini"
printf '#!/bin/sh\ncat >/dev/null\n' >hook
chmod +x hook
printf '[options]\noutbox-hook = %s/hook\n' "$work" >"$XDG_CONFIG_HOME/tierdesk/tierdesk.conf"

# E left within its first term, C has left and pays.
cat >accounts.csv <<'END'
account_id,name,arr,csm,segment,contract_start,churned_on,churn_reason,status,tier
A,Alpha,130000,Ann,SMB,2020-01-01,,,active,1
B,Beta,40000,Ann,SMB,2020-01-01,,,active,1
C,Gamma,30000,Ben,Big,2020-01-01,2026-06-15,missing export,churned,
E,Epsilon,60000,Ben,Big,2025-10-01,2026-03-01,,churned,
F,Phi,1000,Ben,Big,2020-01-01,,,active,1
END
printf 'contract_id,account_id,start,end,arr\nK,C,2026-01-01,2027-01-01,30000\n' >paying.csv
i=0
while [ $i -lt 30 ]; do
	i=$((i + 1))
	echo "Z$i,Zeta $i,1000,,,2020-01-01,,,active,3"
done >>accounts.csv
does init
does import accounts accounts.csv
does import contracts paying.csv
does policy show
sed 's/^tier1_cap = [0-9]*/tier1_cap = 15/' out >wide.ini
sed 's/^tier1_cap = [0-9]*/tier1_cap = 4/' out >narrow.ini
does recalc
does policy apply wide.ini --reason wider
applied=$("$bin" --db book.db log --format json | sed 's/.*"id":\([0-9]*\),"at".*"kind":"policy".*/\1/' | head -1)
does tier Z1 1 --reason first
says undo undo "$applied"
says redo redo
for account in A B F; do
	does lock $account --until 2027-06-30 --reason 'the contract says so'
done
does policy apply narrow.ini --reason narrower
says review review
says revenue revenue
says 'rebalance' rebalance --share Ann=0
says recalc recalc
td --as-of 2026-12-20 recalc --ahead >out 2>err || bad 'a day to come'
says recalc recalc --send
says 'show ACCOUNT' show A

# ---- the demo book ----------------------------------------------------------------

rm book.db
does demo --no-console
does tier request A-1456 1 --by Kim --reason 'a reference'
does claim 'Mistral Schools Trust'
does touch A-1008 --kind call
does note A-1008 'asks for the road map'
does rebalance --save spring
does policy show
sed 's/^tier1_cap = [0-9]*/tier1_cap = 5/' out >narrow.ini
does export accounts
cp out accounts.csv
printf 'account_id,date,kind,score\nA-1008,2026-13-01,nps,4\n' >wrong.csv
says queue queue --csm all
says alerts alerts --csm all --all
says tasks tasks --csm all --all
task=$(sed 's/^\[{"id":\([0-9]*\),.*/\1/' answers/$answers)
says 'task show ID' task show "$task"
says outbox outbox
says list list
for account in 'Mistral Learning' A-1456 A-1008; do
	says 'show ACCOUNT' show "$account"
done
says trend trend
says 'trend ACCOUNT' trend A-1008
says capacity capacity
says csm csm
says rebalance rebalance
says 'rebalance --list' rebalance --list
says rebalance rebalance --open spring
says deal deal
says service service
says time time
says causes causes
says tiers tiers
says review review
for by in tier month; do
	says revenue revenue --by $by
done
says features features
says insights insights
says 'policy diff FILE' policy diff narrow.ini
says plays plays
says 'plays NAME' plays wake-up
says 'plays --used' plays --used
says 'plays NAME --used' plays ticket-review --used
says questions questions
says backtest backtest
says import import accounts accounts.csv --dry-run
says import import surveys wrong.csv --dry-run
says recalc recalc
says log log
says log log --account A-1008
says undo undo
says redo redo
says verify verify

# table FOLDER: whether the answers are as its json.def says.
table() {
	python3 "$here/json_check.py" "$1" "$TIERDESK_SRC/core/record.def" answers
}

is 0 'keys are those of the table' table "$TIERDESK_SRC/cli"
cat out

# What is wrong in the table is seen: a key that is not there, one that never comes, one that
# always does, an answer that is left out, a word that explains nothing.
mkdir wrong
cp "$TIERDESK_SRC/cli/verbs.def" wrong
while read -r name edit; do
	sed "$edit" "$TIERDESK_SRC/cli/json.def" >wrong/json.def
	is 1 "$name is wrong" table wrong
	has "$name is named" "$name" out
done <<'END'
section s/rank, section/rank/
ranks s/rank, section/rank, ranks, section/
scored s/scored, unknown/scored?, unknown/
deal /^JSON_SHAPE("deal"/d
phy s/"lift_points, phi"/"lift_points, phy"/
END
ends
