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
		{ "account_id,date,signal,value\n1,2027-01-05,nps,9\n", REC_SIGNAL },
		{ "ticket_id,account_id,opened_on,severity\n1,1,2027-01-05,high\n",
			REC_TICKET },
		{ "contract_id,account_id,start,end,arr\n1,1,2027-01-05,,1\n",
			REC_CONTRACT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (import_kind_guess(files[i].csv, strlen(files[i].csv)) !=
			files[i].kind)
			fail_msg("%s", files[i].csv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_say_the_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
