#!/bin/sh
# Every example that the help of a verb gives, and every command of the README, as somebody
# types it who has the demo book: each on a book of its own.
readme=${TIERDESK_SRC:?}/README.md
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"

day=2026-11-30
mkdir bin home
export HOME="$work/home" XDG_CONFIG_HOME="$work/home" XDG_STATE_HOME="$work/home" \
	TIERDESK_DB="$work/book.db" TIERDESK_ACTOR='Diego Pereira'
cat >bin/tierdesk <<END
#!/bin/sh
exec '$bin' --as-of $day "\$@"
END
chmod +x bin/tierdesk
PATH=$work/bin:$PATH

# The book: what the demo makes, somebody's change, one taken back, a request.
tierdesk demo --no-console >out || exit 1
tierdesk --quiet note A-1008 'asks for the road map' || exit 1
tierdesk --quiet tier request A-1456 1 --by Kim --reason 'a reference' >out || exit 1
tierdesk --quiet claim 'Mistral Schools Trust' || exit 1
tierdesk --quiet touch A-1008 --kind call || exit 1
tierdesk --quiet undo || exit 1
tierdesk --quiet rebalance --save spring >out || exit 1
mv book.db made.db

# Files that examples take.
printf '#!/bin/sh\nexit 0\n' >hook
chmod +x hook
mkdir home/tierdesk
printf '[options]\noutbox-hook = %s/hook\n' "$work" >home/tierdesk/tierdesk.conf
for pair in accounts=accounts accounts=customers contracts=subscriptions signals=usage \
	tickets=tickets; do
	TIERDESK_DB=made.db tierdesk export "${pair%=*}" >"${pair#*=}.csv" || exit 1
done
printf 'Id,Organization,Created at,Priority\nT-1,A-1456,2026-11-02,high\n' >export.csv
TIERDESK_DB=made.db tierdesk policy show >policy.ini || exit 1

# run COMMAND: the answer may be no (1), nothing else may be wrong.
run() {
	rm -f ./*.html ./*.pdf weights.ini moves.csv pool.csv rejected.csv mine.db look.db
	cp made.db book.db
	case $1 in
	'tierdesk restore '*) cp made.db book-2026-11-30.db ;;
	'tierdesk backup '*) rm -f "${1#tierdesk backup }" ;;
	'tierdesk demo' | 'tierdesk init') rm book.db ;;
	'tierdesk claim '*) tierdesk --quiet release A-1616 ;;
	'tierdesk unlock '*) tierdesk --quiet lock A-1456 --until 2027-06-30 --reason x ;;
	"tierdesk policy apply"*) sed 's/^tier1_cap_pct.*/tier1_cap_pct = 9.5/' policy.ini >mine.ini ;;
	esac
	sh -c "$1" >out 2>err </dev/null
	got=$?
	if [ $got -le 1 ]; then
		good
	else
		bad "$1: exit $got"
		head -3 err
	fi
}

"$bin" --help | sed -n '/^Options of/q; s/^  \([a-z][a-z]*\)  .*/\1/p' >verbs
while read -r verb; do
	"$bin" help "$verb" | sed -n 's/^  \(tierdesk .*\)/\1/p'
done <verbs >examples
is 0 'verbs have examples' test "$(wc -l <examples)" -gt 60
is 0 'help by option and by verb are the same' sh -c \
	"'$bin' queue --help >a && '$bin' help queue >b && cmp a b"
is 2 'help of nothing' "$bin" help queu
has 'help of nothing' 'did you mean queue?' err

# Of the README what stands between backticks, also across a line, and in blocks; not what
# has a place to be filled in.
{
	# shellcheck disable=SC2016 # backticks of the README
	tr '\n' ' ' <"$readme" | grep -o '`tierdesk [^`]*`' | tr -d '`' | sed 's/  */ /g'
	# shellcheck disable=SC2016
	sed -n '/^```/,/^```/s/^\(tierdesk .*\)/\1/p' "$readme" | sed 's/  *#.*//'
} | grep -v -e '\.\.\.' -e '[A-Z][A-Z][A-Z][A-Z]' -e '\.conf' -e 'Your Name' -e '^tierdesk *$' >of_readme
is 0 'the README has commands' test "$(wc -l <of_readme)" -gt 20
cat of_readme >>examples

while IFS= read -r command; do
	run "$command"
done <examples

ends
