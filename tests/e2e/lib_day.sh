# shellcheck shell=sh
# A small book with an alert of every tier, for the tests of the CSM's day; sourced. Its
# names are hostile. The caller has sourced lib_check.sh.
# shellcheck disable=SC2154 # bin, work
export HOME="$work/home" XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data"
mkdir -p "$HOME" "$XDG_CONFIG_HOME/tierdesk"

# hasnt WHAT TEXT FILE
hasnt() {
	if grep -qF -- "$2" "$3"; then
		bad "$1: there is $2"
	else
		good
	fi
}

# equals WHAT FILE: it is what stdin says, blanks at ends of lines apart.
equals() {
	sed 's/ *$//' "$2" >is
	cat >must
	if cmp -s is must; then
		good
	else
		bad "$1:"
		diff must is | head -20
	fi
}

td() {
	"$bin" --db book.db --as-of 2026-11-29 --actor Tess "$@"
}

make_book() {
	rm -f book.db
	printf 'name,email,role\nAnn,ann@us.example,csm\nBo,bo@us.example,csm\n' >csms.csv
	{
		echo 'account_id,name,csm,arr,renewal_date,tier'
		echo 'A1,"Acme, Inc",Ann,100000,2027-01-31,1'
		printf 'A2,"=1+1 \033]0;x\007",Bo,50000,2027-02-28,2\n'
		printf 'P1,"Pool\nBcc: evil@bad.example",,1000,,3\n'
		# shellcheck disable=SC2016 # nothing is to be expanded, ever
		echo "P2,'; touch pwned; \$(touch pwned) #,,2000,,3"
	} >accounts.csv
	{
		echo 'account_id,date,kind,score'
		echo 'A1,2026-11-20,nps,3'
		echo 'A2,2026-11-21,nps,4'
		echo 'P1,2026-11-22,nps,2'
		echo 'P2,2026-11-23,nps,1'
	} >surveys.csv
	{
		echo 'account_id,name,email,role'
		printf 'P1,Eve,"eve@there.example\nBcc: evil@bad.example",champion\n'
		echo 'P2,Pat,pat@there.example,champion'
	} >contacts.csv
	td init --quiet || bad 'no book'
	for kind in csms accounts surveys contacts; do
		td import $kind $kind.csv --quiet >out 2>err || bad "import of $kind: $(cat err)"
	done
}
