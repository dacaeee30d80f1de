/* What lies in the home of the memory host: files to import, good and bad ones. */
#include <stddef.h>

#include "tests/support/scene.h"

static const struct {
	const char *path, *text;
} files[] = {
	{ "accounts.csv",
		"Account ID,Account Name,Account Owner,ARR,Renewal Date,Favourite "
		"colour\n"
		"A-1,Northwind Traders,Dana Reyes,248000,2026-05-11,blue\n"
		"A-2,Fabrikam,Ben Okafor,58000,2026-09-01,\n"
		"A-3,Tailspin Toys,Dana Reyes,31000,2026-04-27,red\n" },
	{ "accounts-bad.csv", "account_id,name,arr,renewal_date\n"
			      "A-1,Northwind Traders,248000,2026-05-11\n"
			      "A-2,Fabrikam,lots,2026-09-01\n"
			      ",Nameless,1,2026-09-01\n"
			      "A-4,Litware,4000\n" },
	/* Names that say nothing, days that may be read in two ways. */
	{ "strange.csv", "Code,Label,Per month,Day\n"
			 "A-1,Northwind Traders,2000,11/05/2026\n"
			 "A-2,Fabrikam,500,01/09/2026\n" },
	{ "dates.csv", "account_id,name,renewal_date\n"
		       "A-1,Acme,03/04/2026\nA-2,Brock,05/06/2026\n" },
	/* Words for what the book has choices for. */
	{ "left.csv", "account_id,name,Churn,Plan\n"
		      "A-1,Northwind Traders,Yes,Gold\n"
		      "A-2,Fabrikam,No,Gold\n"
		      "A-3,Litware,No,Tin\n" },
	/* A column for each measure. */
	{ "wide.csv", "Customer;Stand;Aktive Tage;features_used;nps\n"
		      "A-1;2026-03-01;4;3;9\n" },
	{ "empty.csv", "" },
	{ "holiday.jpg", "no table at all" },
	{ "exports/2026/usage.csv", "account_id,date,signal,value\n" },
	{ "books/old.db", "" },
};

void scene_files(struct host_memory *m)
{
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		host_memory_put(m, files[i].path, files[i].text);
}
