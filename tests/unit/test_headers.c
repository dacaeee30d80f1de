/* Headers of files: what they feed by themselves, and by a mapping. */
#include "core/headers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/mapping.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* Takes "a,b,c" apart and tells what each column feeds: "account_id|-|arr*12". */
static void guess(enum record_kind kind, const char *row, char *out, size_t size,
	enum status *st, struct err *e)
{
	struct header h[64];
	uint32_t n = 0;
	size_t at = 0;
	for (const char *s = row;; s++) {
		size_t length = strcspn(s, ",");
		h[n++].text = (struct text){ s, length };
		s += length;
		if (*s == '\0')
			break;
	}
	out[0] = '\0';
	*st = headers_guess(kind, h, n, e);
	for (uint32_t i = 0; i < n; i++) {
		const char *name = h[i].field < 0
					   ? (h[i].why != NULL ? "!" : "-")
					   : record_of(kind)->fields[h[i].field].name;
		at += (size_t)snprintf(out + at, size - at, "%s%s%s%s%s",
			i > 0 ? "|" : "", h[i].churn_flag ? "?" : name,
			h[i].monthly ? "*12" : "", h[i].currency[0] ? ":" : "",
			h[i].currency);
		if (h[i].field >= 0 && h[i].why)
			at += (size_t)snprintf(out + at, size - at, " (!)");
	}
}

static const struct {
	enum record_kind kind;
	const char *headers, *fields;
} guesses[] = {
	{ REC_ACCOUNT, "account_id,name,arr", "account_id|name|arr" },
	{ REC_ACCOUNT, "ACCOUNT_ID,Name,Arr", "account_id|name|arr" },
	{ REC_ACCOUNT, "Account ID,Account Name,Account Owner,Annual Revenue",
		"account_id|name|csm|!" },
	{ REC_ACCOUNT, "Id,Name,OwnerId,ParentId,AnnualRevenue,BillingCountry",
		"account_id|name|!|parent_id|!|region" },
	{ REC_ACCOUNT,
		"Record ID,Company name,Company owner,Country/Region,Annual Revenue",
		"account_id|name|csm|region|!" },
	{ REC_ACCOUNT, "customerID,tenure,MonthlyCharges,Churn", "account_id|-|-|?" },
	{ REC_ACCOUNT, "customer_id,company_name,mrr,signup_date,churn_date,status",
		"account_id|name|arr*12|contract_start|churned_on|status" },
	{ REC_ACCOUNT, "Gsid,Name,ARR,MRR,CSMName,RenewalDate,OriginalContractDate",
		"account_id|name|arr|!|csm|renewal_date|contract_start" },
	{ REC_ACCOUNT, "account_id,mrr,arr_amount", "account_id|!|arr" },
	{ REC_ACCOUNT, "accountExternalId,StartDate,LicenseCount,OwnerUserAccount",
		"account_id|contract_start|seats_purchased|csm" },
	{ REC_ACCOUNT, "account_id,plan_tier,tier", "account_id|!|tier" },
	{ REC_ACCOUNT, "account_id,TIER,churn_flag", "account_id|!|?" },
	{ REC_ACCOUNT, "Id,account_id,Customer ID", "!|account_id|!" },
	{ REC_ACCOUNT, "account_id,Country,region", "account_id|!|region" },
	{ REC_ACCOUNT, "account_id,Billing Region", "account_id|region" },
	{ REC_ACCOUNT, "account_id,Sales Region,Billing Country", "account_id|region|!" },
	{ REC_ACCOUNT, "account_id,Language", "account_id|language" },
	{ REC_ACCOUNT, "account_id,Preferred Language,Support Language",
		"account_id|language|!" },
	{ REC_CSM, "CSM,Territories,Segment,Language",
		"name|regions|segments|languages" },
	{ REC_CSM, "Name,Spoken Languages", "name|languages" },
	{ REC_ACCOUNT, "account_id,,Cost ÷", "account_id|-|-" },
	{ REC_CONTRACT,
		"subscription_id,account_id,start_date,end_date,mrr_amount,"
		"arr_amount,auto_renew_flag",
		"contract_id|account_id|start|end|!|arr|auto_renew" },
	{ REC_CONTRACT, "sub_id,customer_id,start_date,end_date,status,monthly_value",
		"contract_id|account_id|start|end|status|arr*12" },
	{ REC_CONTRACT, "id,Customer ID,Start (UTC),Start Date (UTC),Ended At (UTC)",
		"contract_id|account_id|start|!|end" },
	{ REC_TICKET,
		"ticket_id,account_id,submitted_at,closed_at,priority,"
		"satisfaction_score",
		"ticket_id|account_id|opened_on|closed_on|severity|csat" },
	{ REC_TICKET, "Id,Organization,Created at,Solved at,Priority",
		"ticket_id|account_id|opened_on|closed_on|severity" },
	{ REC_SIGNAL, "account_key,date,metric,value", "account_id|date|signal|value" },
	{ REC_SURVEY, "Company ID,survey_type,score,comment,created_at",
		"account_id|kind|score|comment|date" },
	{ REC_CSM, "CSM Name,E-mail,team", "name|email|team" },
	/* letters with marks, and what is written for them */
	{ REC_ACCOUNT, "Kundennummer,W\u00E4hrung,Verl\u00E4ngerung",
		"account_id|currency|renewal_date" },
	{ REC_ACCOUNT, "KUNDENNUMMER,Waehrung,Verlaengerung",
		"account_id|currency|renewal_date" },
	/* what may be something else is said */
	{ REC_ACCOUNT, "Kundennummer,Jahresumsatz", "account_id|arr (!)" },
	{ REC_ACCOUNT, "Kundennummer,Jahresumsatz,ARR", "account_id|!|arr" },
	/* the end of a header in brackets, and currencies */
	{ REC_ACCOUNT, "Account ID,ARR (USD)", "account_id|arr:USD" },
	{ REC_ACCOUNT, "Account ID,ARR USD", "account_id|arr:USD" },
	{ REC_ACCOUNT, "Account ID,ARR (monthly)", "account_id|!" },
	{ REC_ACCOUNT, "Account ID,ARR (k EUR)", "account_id|!" },
	{ REC_ACCOUNT, "Account ID,ARR [thousands]", "account_id|!" },
	{ REC_ACCOUNT, "Account ID,ARR (p.a.)", "account_id|arr" },
	{ REC_ACCOUNT, "Account ID,MRR (per month)", "account_id|arr*12" },
	{ REC_ACCOUNT, "Account ID,MRR (annual)", "account_id|!" },
	{ REC_ACCOUNT, "Account ID,arr_eur", "account_id|arr:EUR" },
	{ REC_ACCOUNT, "Account ID,ARR in GBP", "account_id|arr:GBP" },
	{ REC_ACCOUNT, "Account ID,ARR [€]", "account_id|arr:EUR" },
	{ REC_ACCOUNT, "Account ID,ARR ($)", "account_id|arr" },
	{ REC_ACCOUNT, "Account ID,MRR (USD)", "account_id|arr*12:USD" },
	{ REC_ACCOUNT, "Account ID,ARR (USD),ARR", "account_id|!|arr" },
	{ REC_ACCOUNT, "Account ID,Annual Revenue (USD)", "account_id|!" },
	{ REC_ACCOUNT, "Account ID,Seats (paid)", "account_id|seats_purchased" },
	{ REC_ACCOUNT, "Account ID,Growth (%)", "account_id|!" },
	{ REC_ACCOUNT, "Account ID,Expected Growth %", "account_id|!" },
	{ REC_ACCOUNT, "Account ID,Growth [in Percent]", "account_id|!" },
	{ REC_ACCOUNT, "Account ID,Growth (%),growth", "account_id|!|growth" },
	{ REC_ACCOUNT, "Account ID,Growth (yearly)", "account_id|growth" },
	{ REC_ACCOUNT, "Account ID,Complexity (%)", "account_id|complexity" },
	{ REC_CSM, "name,FTE (pct)", "name|!" },
	{ REC_ACCOUNT, "Account CSM,Account ID", "-|account_id" },
	{ REC_ACCOUNT, "Account ID,(USD),()", "account_id|-|-" },
	{ REC_ACCOUNT, "Account ID,tier (1-3)", "account_id|-" },
	{ REC_ACCOUNT, "Account ID,ACV,Contract End Date,# of Seats,Sector,Plan",
		"account_id|arr|renewal_date|seats_purchased|industry|!" },
	/* what names the account where no other column does */
	{ REC_ACCOUNT, "Customer,CSM,ARR", "name|csm|arr" },
	{ REC_ACCOUNT, "Customer ID,Client", "account_id|name" },
	{ REC_ACCOUNT, "COMPANY,Customer Number", "name|account_id" },
	{ REC_ACCOUNT, "Customer,Customer Name,Account ID", "!|name|account_id" },
	{ REC_ACCOUNT, "Customer Name,Customer,Account ID", "name|!|account_id" },
	{ REC_CONTACT, "Company,Name,Email", "account_id|name|email" },
	{ REC_TICKET, "Ticket ID,Account,Created (UTC),Resolved",
		"ticket_id|account_id|opened_on|closed_on" },
	{ REC_TICKET, "Ticket ID,Customer,Opened", "ticket_id|account_id|opened_on" },
	{ REC_TICKET, "Ticket ID,Customer,Customer ID,Opened",
		"ticket_id|!|account_id|opened_on" },
	/* other languages, and how their letters are written */
	{ REC_ACCOUNT,
		"Kundennummer,Firma,Jahresumsatz,Betreuer,Segment,Region,Kunde seit,"
		"Verlängerung,E-Mail,Plätze",
		"account_id|name|arr "
		"(!)|csm|segment|region|contract_start|renewal_date|-|"
		"seats_purchased" },
	{ REC_ACCOUNT,
		"KUNDEN-NR.,Kunde,ARR (EUR),Waehrung,VERLÄNGERUNGSDATUM,"
		"Land / Region,Plaetze,Branche,Sprache",
		"account_id|name|arr:EUR|currency|renewal_date|region|seats_purchased|"
		"industry|language" },
	{ REC_ACCOUNT, "Kd.-Nr.,Verlangerung,Wa\u0308hrung",
		"account_id|renewal_date|currency" },
	{ REC_ACCOUNT, "Jahresumsatz,ARR,Ansprechpartner,Kundenbetreuer,Vertragswert",
		"!|arr|!|csm|!" },
	{ REC_ACCOUNT, "Numéro client,Société,Devise,Client depuis",
		"account_id|name|currency|contract_start" },
	{ REC_ACCOUNT, "Código de cliente,Empresa,Región,Fecha de renovación",
		"account_id|name|region|renewal_date" },
	{ REC_ACCOUNT, "Klantnummer,Bedrijf,Valuta,Verlengingsdatum",
		"account_id|name|currency|renewal_date" },
	{ REC_CONTRACT, "Vertragsnummer,Kundennummer,Beginn,Ende,Betrag,Währung",
		"contract_id|account_id|start|end|arr (!)|currency" },
	{ REC_TICKET, "Ticketnummer,Kunde,Eröffnet am,Gelöst am,Priorität,Betreff",
		"ticket_id|account_id|opened_on|closed_on|severity|-" },
	{ REC_TICKET, "Ticket-Nr,Kundennr,Erstellt,Geschlossen",
		"ticket_id|account_id|opened_on|closed_on" },
	{ REC_CONTACT, "Kunde,Name,E-Mail,Rolle", "account_id|name|email|role" },
	{ REC_TOUCH, "Kunde,Datum,Art,Notiz", "account_id|date|kind|outcome" },
};

static void guesses_headers(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(guesses); i++) {
		char out[512];
		enum status st;
		struct err e = { 0 };
		guess(guesses[i].kind, guesses[i].headers, out, sizeof(out), &st, &e);
		assert_int_equal(st, ST_OK);
		if (strcmp(out, guesses[i].fields) != 0)
			fail_msg("%s: %s, wanted %s", guesses[i].headers, out,
				guesses[i].fields);
	}
}

static void twins_matter_only_when_used(void **state)
{
	char out[512];
	enum status st;
	struct err e = { 0 };
	(void)state;
	guess(REC_ACCOUNT, "account_id,x,x,x", out, sizeof(out), &st, &e);
	assert_int_equal(st, ST_OK);
	guess(REC_ACCOUNT, "account_id,Name,x,name", out, sizeof(out), &st, &e);
	assert_int_equal(st, ST_INVALID);
	assert_string_equal(e.text, "the header \"Name\" stands twice, in columns 2 and "
				    "4: rename one of them");
}

static void maps_by_name(void **state)
{
	struct header h[] = { { .text = TEXT("amount") }, { .text = TEXT("Acc. Id") },
		{ .text = TEXT("Amount") }, { .text = TEXT("name") } };
	struct mapping m;
	struct err e = { 0 };
	(void)state;
	mapping_init(&m, REC_ACCOUNT);
	assert_int_equal(mapping_parse(&m,
				 "[columns]\naccount_id = Customer | acc id\n"
				 "csm = Nobody\n",
				 "f", &e),
		ST_OK);
	assert_int_equal(headers_map(&m, h, 4, &e), ST_OK);
	assert_int_equal(h[0].field, -1);
	assert_int_equal(h[1].field, F_ACCOUNT_ID);
	assert_int_equal(h[3].field, -1); /* not named, not guessed */
	assert_int_equal(mapping_parse(&m, "[columns]\narr = Amount\n", "f", &e), ST_OK);
	assert_int_equal(headers_map(&m, h, 4, &e), ST_INVALID); /* amount, Amount */
	assert_int_equal(
		mapping_parse(&m, "[columns]\nname = Acc. Id\n", "f", &e), ST_OK);
	assert_int_equal(headers_map(&m, h, 2, &e), ST_INVALID);
	assert_string_equal(
		e.text, "the column \"Acc. Id\" is mapped to both account_id and name");
	mapping_clear(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(guesses_headers),
		cmocka_unit_test(twins_matter_only_when_used),
		cmocka_unit_test(maps_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
