# fish completion for tierdesk. Made from the program's tables.

complete -c tierdesk -f
# Whether this verb ("": none) was typed, and so many words after it.
function __tierdesk_at
	set -l tokens (commandline -opc)
	set -l verb ''
	set -l place 0
	set -l value 0
	set -e tokens[1]
	for token in $tokens
		if test $value = 1
			set value 0
			continue
		end
		switch $token
			case --db --as-of --actor --format --color --accounts --csms --seed --months --map --show-map --errors --encoding --delimiter --dates --decimal --where --csm --sort --columns --limit --out --until --kind --purpose --outcome --minutes --date --to --account --since --anchor --demote --reason --weeks --theme
				set value 1
			case '-*'
			case '*'
				if test -z "$verb"
					set verb $token
				else
					set place (math $place + 1)
				end
		end
	end
	test "$verb" = "$argv[1]"; or return 1
	test (count $argv) -lt 2; or test $place = $argv[2]
end

complete -c tierdesk -l db -r -F -d 'the book (else $TIERDESK_DB, else the default place)'
complete -c tierdesk -l as-of -x -d 'the day everything is computed for (else today)'
complete -c tierdesk -l actor -x -d 'who you are (else $TIERDESK_ACTOR, else the login name)'
complete -c tierdesk -l format -x -a 'text json csv' -d 'how results are written'
complete -c tierdesk -l color -x -a 'auto always never' -d 'colours'
complete -c tierdesk -l yes -d 'no questions'
complete -c tierdesk -l quiet -d 'no progress and no notes'
complete -c tierdesk -l help -d 'this text'
complete -c tierdesk -l version -d 'the version of the program'
complete -c tierdesk -n '__tierdesk_at ""' -a demo -d 'make a demo book with 18 months of history and open it'
complete -c tierdesk -n '__tierdesk_at demo' -l accounts -x -d 'how many active accounts (600)'
complete -c tierdesk -n '__tierdesk_at demo' -l csms -x -d 'how many CSMs (6)'
complete -c tierdesk -n '__tierdesk_at demo' -l seed -x -d 'another seed makes another book (1)'
complete -c tierdesk -n '__tierdesk_at demo' -l months -x -d 'months of history (18)'
complete -c tierdesk -n '__tierdesk_at demo' -l no-console -d 'print the summary instead'
complete -c tierdesk -n '__tierdesk_at demo' -l force -d 'replace what is there'
complete -c tierdesk -n '__tierdesk_at demo' -l no-mouse -d 'leave the mouse to the terminal'
complete -c tierdesk -n '__tierdesk_at demo' -l theme -x -a 'auto dark light contrast mono colour-blind' -d 'colours: for a dark or a light background, or special ones'
complete -c tierdesk -n '__tierdesk_at ""' -a init -d 'make an empty book'
complete -c tierdesk -n '__tierdesk_at ""' -a import -d 'take in a CSV file; - reads stdin'
complete -c tierdesk -n '__tierdesk_at import' -l force -d 'replace what is there'
complete -c tierdesk -n '__tierdesk_at import' -l map -r -F -d 'which header feeds which field; see --list-maps'
complete -c tierdesk -n '__tierdesk_at import' -l list-maps -d 'the mappings that come with the program'
complete -c tierdesk -n '__tierdesk_at import' -l show-map -x -d 'one of them, as an example to copy'
complete -c tierdesk -n '__tierdesk_at import' -l dry-run -d 'say what would happen, change nothing'
complete -c tierdesk -n '__tierdesk_at import' -l errors -r -F -d 'write rejected rows with their reasons'
complete -c tierdesk -n '__tierdesk_at import' -l skip-bad -d 'take the good rows of a file with errors'
complete -c tierdesk -n '__tierdesk_at import' -l ignore-tiers -d 'leave out the tier column'
complete -c tierdesk -n '__tierdesk_at import' -l no-backup -d 'keep no copy of the book before a large import: there is no way back then'
complete -c tierdesk -n '__tierdesk_at import' -l encoding -x -a 'auto utf-8 utf-16 latin-1 cp1252' -d 'of the file'
complete -c tierdesk -n '__tierdesk_at import' -l delimiter -x -d 'between the fields'
complete -c tierdesk -n '__tierdesk_at import' -l dates -x -a 'auto iso dmy mdy' -d 'how dates are written'
complete -c tierdesk -n '__tierdesk_at import' -l decimal -x -d 'the decimal mark'
complete -c tierdesk -n '__tierdesk_at import 0' -a 'accounts csms contacts signals tickets surveys touches contracts movements'
complete -c tierdesk -n '__tierdesk_at import 1' -F
complete -c tierdesk -n '__tierdesk_at ""' -a export -d 'write rows as a file that import takes back'
complete -c tierdesk -n '__tierdesk_at export' -l force -d 'replace what is there'
complete -c tierdesk -n '__tierdesk_at export' -l where -x -d 'which accounts, e.g. \'tier:1 health:<50 renewal:<90d\''
complete -c tierdesk -n '__tierdesk_at export' -l out -r -F -d 'into a file instead of stdout'
complete -c tierdesk -n '__tierdesk_at export' -l raw -d 'for programs: no guard before = + - @'
complete -c tierdesk -n '__tierdesk_at export 0' -a 'accounts csms contacts signals tickets surveys touches contracts movements'
complete -c tierdesk -n '__tierdesk_at ""' -a recalc -d 'health, value, effort, tier scores and alerts as of the day'
complete -c tierdesk -n '__tierdesk_at recalc' -l send -d 'hand the outbox to the hook of tierdesk.conf, one message after the other'
complete -c tierdesk -n '__tierdesk_at ""' -a review -d 'propose, or apply, the tier review'
complete -c tierdesk -n '__tierdesk_at review' -l apply -d 'make it so'
complete -c tierdesk -n '__tierdesk_at ""' -a list -d 'accounts with their figures'
complete -c tierdesk -n '__tierdesk_at list' -l where -x -d 'which accounts, e.g. \'tier:1 health:<50 renewal:<90d\''
complete -c tierdesk -n '__tierdesk_at list' -l sort -x -d 'the order; - for descending'
complete -c tierdesk -n '__tierdesk_at list' -l columns -x -d 'which fields'
complete -c tierdesk -n '__tierdesk_at list' -l limit -x -d 'at most so many rows'
complete -c tierdesk -n '__tierdesk_at list' -l all -d 'also churned and not yet started accounts; ended alerts and tasks; of the history, recalculations'
complete -c tierdesk -n '__tierdesk_at ""' -a show -d 'one account with everything, health explained'
complete -c tierdesk -n '__tierdesk_at ""' -a queue -d 'whom to look at today, by the money at risk, why, and what comes next'
complete -c tierdesk -n '__tierdesk_at queue' -l where -x -d 'which accounts, e.g. \'tier:1 health:<50 renewal:<90d\''
complete -c tierdesk -n '__tierdesk_at queue' -l csm -x -d 'whose: a CSM\'s, me, nobody\'s, everybody\'s (else yours when you are a CSM)'
complete -c tierdesk -n '__tierdesk_at queue' -l limit -x -d 'at most so many rows'
complete -c tierdesk -n '__tierdesk_at ""' -a alerts -d 'open and snoozed alerts, the worst first; --all: also those that ended'
complete -c tierdesk -n '__tierdesk_at alerts' -l where -x -d 'which accounts, e.g. \'tier:1 health:<50 renewal:<90d\''
complete -c tierdesk -n '__tierdesk_at alerts' -l csm -x -d 'whose: a CSM\'s, me, nobody\'s, everybody\'s (else yours when you are a CSM)'
complete -c tierdesk -n '__tierdesk_at alerts' -l limit -x -d 'at most so many rows'
complete -c tierdesk -n '__tierdesk_at alerts' -l all -d 'also churned and not yet started accounts; ended alerts and tasks; of the history, recalculations'
complete -c tierdesk -n '__tierdesk_at alerts' -l kind -x -d 'of a touch: call, mail, meeting ...; of alerts: silent, renewal ...'
complete -c tierdesk -n '__tierdesk_at alerts' -l account -x -d 'of this account only'
complete -c tierdesk -n '__tierdesk_at ""' -a snooze -d 'put alerts out of sight until a day, with a reason'
complete -c tierdesk -n '__tierdesk_at snooze' -l until -x -d 'the last day of a lock; the day on which a snoozed alert is back'
complete -c tierdesk -n '__tierdesk_at snooze' -l reason -x -d 'why, for the history'
complete -c tierdesk -n '__tierdesk_at ""' -a close -d 'end alerts with what came of them'
complete -c tierdesk -n '__tierdesk_at close' -l outcome -x -d 'what came of it'
complete -c tierdesk -n '__tierdesk_at ""' -a vote -d 'say whether an alert was worth looking at'
complete -c tierdesk -n '__tierdesk_at vote 1' -a 'y n'
complete -c tierdesk -n '__tierdesk_at ""' -a tasks -d 'plays that run, the overdue ones first; --account: also the steps that were done'
complete -c tierdesk -n '__tierdesk_at tasks' -l where -x -d 'which accounts, e.g. \'tier:1 health:<50 renewal:<90d\''
complete -c tierdesk -n '__tierdesk_at tasks' -l csm -x -d 'whose: a CSM\'s, me, nobody\'s, everybody\'s (else yours when you are a CSM)'
complete -c tierdesk -n '__tierdesk_at tasks' -l limit -x -d 'at most so many rows'
complete -c tierdesk -n '__tierdesk_at tasks' -l all -d 'also churned and not yet started accounts; ended alerts and tasks; of the history, recalculations'
complete -c tierdesk -n '__tierdesk_at tasks' -l account -x -d 'of this account only'
complete -c tierdesk -n '__tierdesk_at ""' -a task -d 'start a play on an account; tick the next step of a task, drop it, or show it with its mail and script'
complete -c tierdesk -n '__tierdesk_at task' -l outcome -x -d 'what came of it'
complete -c tierdesk -n '__tierdesk_at task' -l reason -x -d 'why, for the history'
complete -c tierdesk -n '__tierdesk_at task 0' -a 'start tick drop show'
complete -c tierdesk -n '__tierdesk_at ""' -a claim -d 'take flagged accounts of the pool, or give them --to a CSM; nobody becomes their owner by that'
complete -c tierdesk -n '__tierdesk_at claim' -l to -x -d 'the new owner, or who claims it'
complete -c tierdesk -n '__tierdesk_at ""' -a release -d 'give claimed accounts back to the pool'
complete -c tierdesk -n '__tierdesk_at ""' -a deal -d 'deal the flagged accounts of the pool round robin among the CSMs who are there; says who got how many'
complete -c tierdesk -n '__tierdesk_at deal' -l limit -x -d 'at most so many rows'
complete -c tierdesk -n '__tierdesk_at ""' -a outbox -d 'messages that wait to be sent; --send: hand each to the hook of tierdesk.conf, exit 1 when some failed; --mark-sent: say that these (or all) were sent'
complete -c tierdesk -n '__tierdesk_at outbox' -l send -d 'hand the outbox to the hook of tierdesk.conf, one message after the other'
complete -c tierdesk -n '__tierdesk_at outbox' -l mark-sent -d 'they were sent by other means'
complete -c tierdesk -n '__tierdesk_at ""' -a tier -d 'move an account to a tier by hand, under the caps'
complete -c tierdesk -n '__tierdesk_at tier' -l demote -x -d 'who goes down for it where the tier is full'
complete -c tierdesk -n '__tierdesk_at tier' -l reason -x -d 'why, for the history'
complete -c tierdesk -n '__tierdesk_at ""' -a lock -d 'pin an account\'s tier through a day, with a reason'
complete -c tierdesk -n '__tierdesk_at lock' -l until -x -d 'the last day of a lock; the day on which a snoozed alert is back'
complete -c tierdesk -n '__tierdesk_at lock' -l reason -x -d 'why, for the history'
complete -c tierdesk -n '__tierdesk_at ""' -a unlock -d 'let reviews move the account again'
complete -c tierdesk -n '__tierdesk_at unlock' -l reason -x -d 'why, for the history'
complete -c tierdesk -n '__tierdesk_at ""' -a touch -d 'log a call, a mail, a meeting with an account'
complete -c tierdesk -n '__tierdesk_at touch' -l kind -x -d 'of a touch: call, mail, meeting ...; of alerts: silent, renewal ...'
complete -c tierdesk -n '__tierdesk_at touch' -l two-way -d 'the customer answered'
complete -c tierdesk -n '__tierdesk_at touch' -l purpose -x -d 'what for'
complete -c tierdesk -n '__tierdesk_at touch' -l outcome -x -d 'what came of it'
complete -c tierdesk -n '__tierdesk_at touch' -l minutes -x -d 'how long it took'
complete -c tierdesk -n '__tierdesk_at touch' -l date -x -d 'the day of it (else today)'
complete -c tierdesk -n '__tierdesk_at ""' -a note -d 'write something down about an account'
complete -c tierdesk -n '__tierdesk_at note' -l date -x -d 'the day of it (else today)'
complete -c tierdesk -n '__tierdesk_at ""' -a assign -d 'give accounts to a CSM, or to the pool'
complete -c tierdesk -n '__tierdesk_at assign' -l to -x -d 'the new owner, or who claims it'
complete -c tierdesk -n '__tierdesk_at assign' -l reason -x -d 'why, for the history'
complete -c tierdesk -n '__tierdesk_at ""' -a log -d 'what was changed, the newest first; --actor: by whom'
complete -c tierdesk -n '__tierdesk_at log' -l all -d 'also churned and not yet started accounts; ended alerts and tasks; of the history, recalculations'
complete -c tierdesk -n '__tierdesk_at log' -l account -x -d 'of this account only'
complete -c tierdesk -n '__tierdesk_at log' -l since -x -d 'from this day on'
complete -c tierdesk -n '__tierdesk_at ""' -a undo -d 'take back the last thing you did, or the operation with this number'
complete -c tierdesk -n '__tierdesk_at ""' -a redo -d 'do again what was taken back last'
complete -c tierdesk -n '__tierdesk_at ""' -a tiers -d 'distribution, caps, findings; --check: exit 1 when there are any'
complete -c tierdesk -n '__tierdesk_at tiers' -l check -d 'exit 1 when there are findings'
complete -c tierdesk -n '__tierdesk_at ""' -a trend -d 'health, tiers and revenue over the weeks, of the base or an account'
complete -c tierdesk -n '__tierdesk_at trend' -l weeks -x -d 'how far back (52); 0: all there is'
complete -c tierdesk -n '__tierdesk_at ""' -a policy -d 'the rules and limits as an INI file'
complete -c tierdesk -n '__tierdesk_at policy' -l reason -x -d 'why, for the history'
complete -c tierdesk -n '__tierdesk_at policy 0' -a 'show check apply diff history'
complete -c tierdesk -n '__tierdesk_at policy 1' -F
complete -c tierdesk -n '__tierdesk_at ""' -a plays -d 'the plays of each tier, or one of them; --check: exit 1 when something is wrong with them'
complete -c tierdesk -n '__tierdesk_at plays' -l check -d 'exit 1 when there are findings'
complete -c tierdesk -n '__tierdesk_at ""' -a verify -d 'check the book and the seals of its history; exit 1 when something is wrong'
complete -c tierdesk -n '__tierdesk_at verify' -l anchor -x -d 'a head that was noted before: its history must still be there'
complete -c tierdesk -n '__tierdesk_at ""' -a backup -d 'write a verified copy of the book'
complete -c tierdesk -n '__tierdesk_at backup' -l force -d 'replace what is there'
complete -c tierdesk -n '__tierdesk_at backup 0' -F
complete -c tierdesk -n '__tierdesk_at ""' -a restore -d 'put a backup in the book\'s place'
complete -c tierdesk -n '__tierdesk_at restore 0' -F
