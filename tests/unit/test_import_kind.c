/* Which kind of rows a file is taken for. */
#include "core/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void headers_say_the_kind(void **state)
{
	static const struct {
		const char *csv;
		enum record_kind kind;
	} files[] = {
		{ "account_id,name,arr\n1,a,1\n", REC_ACCOUNT },
		/* in doubt they are accounts, as they are where nothing is known */
		{ "Customer,CSM,Renewal,Language\na,b,2027-01-05,en\n", REC_ACCOUNT },
		{ "Customer,Stand,nps\na,2027-01-05,9\n", REC_ACCOUNT },
		{ "Customer,CSM\na,b\n", REC_ACCOUNT },
		{ "Customer,E-mail,CSM,Renewal\na,,b,2027-01-05\n", REC_ACCOUNT },
		{ "x,y\n1,2\n", REC_ACCOUNT },
		{ "x,severity\n1,high\n", REC_ACCOUNT },
		/* as many columns, but nothing is missing */
		{ "name,language\nAnn,en\n", REC_CSM },
		{ "", REC_ACCOUNT },
		{ "Kundennummer;Firma;Jahresumsatz;Betreuer;Segment;Region;Kunde seit;"
		  "Verlängerung;E-Mail;Plätze\n1;a;1;b;c;d;;;;\n",
			REC_ACCOUNT },
		{ "Ticket,Customer,Opened,Priority\n1,a,2027-01-05,high\n", REC_TICKET },
		{ "Ticketnummer;Kunde;Eröffnet am;Priorität\n1;a;2027-01-05;x\n",
			REC_TICKET },
		{ "Vertragsnummer;Kunde;Beginn;Ende;Vertragswert\n1;1;2027-01-05;;1\n",
			REC_CONTRACT },
		/* Excel, without a word about its letters */
		{ "Ticketnummer;Kunde;Er\xF6"
		  "ffnet am\n1;a;2027-01-05\n",
			REC_TICKET },
		{ "account_id,date,signal,value\n1,2027-01-05,nps,9\n", REC_SIGNAL },
		{ "ticket_id,account_id,opened_on,severity\n1,1,2027-01-05,high\n",
			REC_TICKET },
		{ "contract_id,account_id,start,end,arr\n1,1,2027-01-05,,1\n",
			REC_CONTRACT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (import_kind_guess(files[i].csv, strlen(files[i].csv), false) !=
			files[i].kind)
			fail_msg("%s", files[i].csv);
}

/* Nearly all others refer to accounts: what is taken for them has to fit clearly. */
static void the_first_file_has_accounts(void **state)
{
	static const struct {
		const char *csv;
		enum record_kind later, first;
	} files[] = {
		{ "Nr;Titel;Region;Segment;E-Mail\n1;a;b;c;d\n", REC_CSM, REC_ACCOUNT },
		{ "name,language\nAnn,en\n", REC_CSM, REC_ACCOUNT },
		{ "name,email,team,capacity\nAnn,,,1\n", REC_CSM, REC_CSM },
		{ "account_id,date,signal,value\n1,2027-01-05,nps,9\n", REC_SIGNAL,
			REC_SIGNAL },
		{ "contract_id,account_id,start,end,arr\n1,1,2027-01-05,,1\n",
			REC_CONTRACT, REC_CONTRACT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		const size_t n = strlen(files[i].csv);

		if (import_kind_guess(files[i].csv, n, false) != files[i].later ||
			import_kind_guess(files[i].csv, n, true) != files[i].first)
			fail_msg("%s", files[i].csv);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_say_the_kind),
		cmocka_unit_test(the_first_file_has_accounts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
