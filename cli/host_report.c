/* Reports for the console. */
#include "cli/host.h"

#include "cli/report_file.h"

static enum report_kind kind_of(enum host_report what)
{
	return what == HOST_REPORT_BOARD ? REPORT_BOARD
	       : what == HOST_REPORT_CSM ? REPORT_CSM
					 : REPORT_ACCOUNT;
}

enum status host_report(void *ctx, struct book *b, enum host_report what,
	uint32_t subject, const char *path, bool replace, const char **written,
	struct err *e)
{
	struct cli_host *h = ctx;
	enum status st = host_place(h, path, replace, written, e);

	return st == ST_OK ? report_file(b, kind_of(what), subject, h->written, replace,
				     h->book, e)
			   : st;
}
