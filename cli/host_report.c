/* Reports for the console. */
#include "cli/host.h"

#include <stdlib.h>
#include <sys/stat.h>

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
	char *full = host_path(path);
	struct stat about;
	enum status st;

	if (!full)
		return err_set(e, ST_NOMEM, "not enough memory");
	free(h->written);
	h->written = full;
	if (!replace && lstat(full, &about) == 0)
		return err_set(e, ST_DUPLICATE, "%s is there already", full);
	st = report_file(b, kind_of(what), subject, full, replace, h->book, e);
	if (written)
		*written = h->written;
	return st;
}
