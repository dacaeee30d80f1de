/* INI: hands inih one line at a time, and so knows which line a key stands on. */
#include "core/ini.h"

#include <ini.h>
#include <string.h>

struct reading {
	const char *rest; /* of the text */
	int line;         /* the one inih works on */
	int long_line;    /* the first over the limit, 0: none */
	int failed_line;  /* the first that fn refused, 0: none */
	enum status failed;
	ini_key_fn fn;
	void *arg;
	struct err *e;
};

/* inih's fgets: the next line without its indentation, which would make it a
 * continuation of the one before. The end of the text follows on a line too long. */
static char *next_line(char *out, int size, void *stream)
{
	struct reading *r = stream;
	if (*r->rest == '\0' || r->long_line != 0 || r->failed_line != 0)
		return NULL;
	r->line++;
	size_t n = strcspn(r->rest, "\n");
	const char *line = r->rest;
	r->rest += n + (r->rest[n] == '\n');
	while (n > 0 && (*line == ' ' || *line == '\t')) {
		line++;
		n--;
	}
	if (n > INI_LINE_BYTES || n + 2 > (size_t)size) {
		r->long_line = r->line;
		return NULL;
	}
	memcpy(out, line, n);
	memcpy(out + n, "\n", 2);
	return out;
}

static int on_key(void *user, const char *section, const char *name, const char *value)
{
	struct reading *r = user;
	struct ini_key key = { section, name, value != NULL ? value : "", r->line };
	if (r->failed_line != 0)
		return 1;
	enum status st = r->fn(r->arg, &key, r->e);
	if (st == ST_OK)
		return 1;
	r->failed = st;
	r->failed_line = r->line;
	return 0;
}

enum status ini_read(
	const char *text, const char *file, ini_key_fn fn, void *arg, struct err *e)
{
	struct reading r = { .rest = text, .fn = fn, .arg = arg, .e = e };
	if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
		r.rest += 3;
	int line = ini_parse_stream(next_line, &r, on_key, &r);
	if (line == -2)
		return err_set(e, ST_NOMEM, "%s: out of memory", file);
	if (r.failed_line != 0 && (line <= 0 || line >= r.failed_line)) {
		err_prefix(e, "%s:%d", file, r.failed_line);
		return r.failed;
	}
	if (line > 0)
		return err_set(e, ST_INVALID,
			"%s:%d: neither [section] nor name = value; comments begin with "
			";",
			file, line);
	if (r.long_line != 0)
		return err_set(e, ST_INVALID, "%s:%d: the line is longer than %d bytes",
			file, r.long_line, INI_LINE_BYTES);
	return ST_OK;
}
