#!/bin/sh
# The completions as their shells take them: every verb and every option that the help
# names is offered where it can stand, by bash, zsh and fish themselves. That this can
# fail is shown with a verb and an option taken out of the files.
set -u
bin=${TIERDESK_BIN:?}
completions=${TIERDESK_SRC:?}/assets/completions
work=$(mktemp -d)
trap 'rm -rf "$work"' 0
cd "$work" || exit 1
mkdir shipped broken
cp "$completions"/* shipped
passed=0
failed=0
ran=

# ---- what is asked: the line typed, TAB, a word that is offered, or !word that is not ----

verbs() {
	"$bin" --help | sed -n '/^Options of/q; s/^  \([a-z][a-z]*\)  .*/\1/p'
}

# options VERB: its own.
options() {
	"$bin" "$1" --help | sed -n '/^Everywhere/q; s/^  \(--[a-z0-9-]*\).*/\1/p'
}

for verb in $(verbs); do
	printf 'tierdesk %s\t%s\n' "${verb%?}" "$verb"
	for option in $(options "$verb"); do
		printf 'tierdesk %s %s\t%s\n' "$verb" "${option%?}" "$option"
	done
done >asked
cat >>asked <<'END'
tierdesk rev	!recalc
tierdesk recalc --skip	!--skip-bad
tierdesk --d	--db
tierdesk list --quie	--quiet
tierdesk --quiet rev	review
tierdesk --db some.db rev	review
tierdesk list --format js	json
tierdesk import acc	accounts
tierdesk import accounts some	some.csv
tierdesk list --as-of 2	!list
END
touch some.csv some.db

# ---- how each shell is asked: reads lines, prints "= line" and what is offered -----------

ask_bash() {
	# shellcheck disable=SC2016 # for the other shell
	bash --norc --noprofile -c '
		source "$1/tierdesk" || exit 1
		while IFS= read -r line; do
			echo "= $line"
			read -ra COMP_WORDS <<<"$line"
			COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
			_tierdesk 2>/dev/null
			printf "%s\n" "${COMPREPLY[@]}"
		done' bash "$1"
}

# On a terminal of its own, since zsh completes nowhere else; the inner shell prints what is
# added as a match, between two lines with a NUL.
cat >inner.zsh <<'END'
PROMPT=
fpath=($completions $fpath)
autoload -Uz compinit
compinit -u -D
bindkey '^M' undefined
bindkey '^J' undefined
bindkey '^I' complete-word
mark() { print -r -- $'\0' }
compprefuncs=(mark)
comppostfuncs=(mark-again)
mark-again() { mark; compprefuncs=(mark) comppostfuncs=(mark-again) }
zstyle ':completion:*' insert-tab false
compadd() {
	local -a hits
	if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
		builtin compadd "$@"
		return
	fi
	builtin compadd -A hits "$@"
	(( $#hits )) && print -rl -- $hits
	builtin compadd "$@"
}
print ok
END
cat >outer.zsh <<'END'
zmodload zsh/zpty || exit 1
export completions=$1
zpty z zsh -f -i
zpty -w z source $2/inner.zsh
repeat 9; do
	zpty -r z line || exit 1
	[[ $line == ok* ]] && break
done
while IFS= read -r typed; do
	print -r -- "= $typed"
	zpty -wn z "$typed"$'\t'
	marks=0
	while (( marks < 2 )); do
		zpty -r z line || exit 1
		line=${line//[$'\r\n']/}
		if [[ $line == *$'\0'* ]]; then
			(( marks++ ))
		elif (( marks )); then
			print -r -- $line
		fi
	done
	zpty -wn z $'\C-u'
done
zpty -d z
END
ask_zsh() {
	zsh -f outer.zsh "$1" "$work"
}

ask_fish() {
	# shellcheck disable=SC2016
	HOME=$work fish --no-config -c '
		source $argv[1]/tierdesk.fish; or exit 1
		while read -l line
			echo "= $line"
			complete -C "$line" | string split -f 1 \t
		end' "$1"
}

# wrong SHELL FOLDER: prints each question with another answer than wanted.
wrong() {
	cut -f1 asked | "ask_$1" "$2" >answers 2>errors
	awk -F '\t' '
		FILENAME == "answers" {
			if (sub(/^= /, ""))
				line = $0
			else {
				sub(/ *$/, "")
				said[line, $0] = 1
			}
			next
		}
		{ word = $2; no = sub(/^!/, "", word) }
		((($1 SUBSEP word) in said) == no) { print $1 ": " $2 }
	' answers asked
}

# check SHELL FILE OPTION-TO-PARSE...
check() {
	shell=$1 file=$2
	shift 2
	if ! command -v "$shell" >/dev/null; then
		echo "skipped: $shell is not here"
		return
	fi
	ran="$ran $shell"
	if ! "$shell" "$@" "shipped/$file" 2>errors; then
		failed=$((failed + 1))
		echo "FAILED $shell does not parse $file"
		head -3 errors
	fi
	wrong "$shell" shipped >wrong
	if [ -s wrong ]; then
		failed=$((failed + 1))
		echo "FAILED $shell offers something else:"
		head -20 wrong
		head -5 errors
	else
		passed=$((passed + $(wc -l <asked)))
	fi
	# Without a verb, with another word for an option, and with half of it gone.
	cp shipped/* broken
	sed 's/review/nothing/g; s/skip-bad/skip-worse/g' "shipped/$file" >"broken/$file"
	wrong "$shell" broken >wrong
	for line in 'tierdesk revie: review' 'tierdesk import --skip-ba: --skip-bad'; do
		if grep -qxF "$line" wrong; then
			passed=$((passed + 1))
		else
			failed=$((failed + 1))
			echo "FAILED $shell: $line is not missed where it is not"
		fi
	done
	head -c 1500 "shipped/$file" >"broken/$file"
	if [ -n "$(wrong "$shell" broken)" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED $shell: half of $file is as good as all of it"
	fi
}

[ "$(wc -l <asked)" -gt 60 ] || { echo 'FAILED the help names no options'; exit 1; }
check bash tierdesk -n
check zsh _tierdesk -n
check fish tierdesk.fish -n
echo "$passed passed, $failed failed, in$ran"
[ "$failed" -eq 0 ] && { [ -n "$ran" ] || exit 77; }
