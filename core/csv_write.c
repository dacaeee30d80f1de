/* CSV writer: quotes what needs it, and guards against text that acts as a formula. */
#include "core/csv.h"

#include <string.h>

void csv_writer_init(struct csv_writer *w, out_sink sink, void *arg, bool raw)
{
	out_init(&w->out, sink, arg);
	w->delimiter = ',';
	w->raw = raw;
	w->fields = 0;
	w->blank = false;
}

static void begin_field(struct csv_writer *w, bool empty)
{
	if (w->fields++ > 0)
		out_char(&w->out, w->delimiter);
	w->blank = empty && w->fields == 1;
}

/* Beside what RFC 4180 asks for: spaces at an end, which some programs drop. */
static bool needs_quotes(const struct csv_writer *w, struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		char c = t.s[i];
		if (c == w->delimiter || c == '"' || c == '\n' || c == '\r')
			return true;
	}
	return text_trim(t).n < t.n;
}

static void in_quotes(struct csv_writer *w, struct text t, bool guard)
{
	out_char(&w->out, '"');
	if (guard)
		out_char(&w->out, '\'');
	for (size_t i = 0; i < t.n; i++) {
		if (t.s[i] == '"')
			out_char(&w->out, '"');
		out_char(&w->out, t.s[i]);
	}
	out_char(&w->out, '"');
}

void csv_text(struct csv_writer *w, struct text t)
{
	begin_field(w, t.n == 0);
	bool guard = !w->raw && csv_needs_guard(t);
	if (!guard && !needs_quotes(w, t)) {
		out_text(&w->out, t);
		return;
	}
	in_quotes(w, t, guard);
}

void csv_kept(struct csv_writer *w, struct text t, bool quoted)
{
	begin_field(w, t.n == 0 && !quoted);
	if (quoted)
		in_quotes(w, t, false);
	else
		out_text(&w->out, t);
}

void csv_plain(struct csv_writer *w, const char *text)
{
	struct text t = text_of(text);
	begin_field(w, t.n == 0);
	out_text(&w->out, t);
}

void csv_end_row(struct csv_writer *w)
{
	if (w->blank) /* a blank line would be taken for no row at all */
		out_text(&w->out, TEXT("\"\""));
	out_char(&w->out, '\n');
	w->fields = 0;
	w->blank = false;
}

enum status csv_finish(struct csv_writer *w, struct err *e)
{
	return out_finish(&w->out, e);
}

bool csv_needs_guard(struct text t)
{
	static const struct text leads[] = { { "=", 1 }, { "+", 1 }, { "-", 1 },
		{ "@", 1 }, { "\t", 1 }, { "\r", 1 }, { "\n", 1 }, { "\0", 1 },
		{ "\uFF1D", 3 }, { "\uFF0B", 3 }, { "\uFF0D", 3 }, { "\uFF20", 3 } };
	while (t.n > 0 && *t.s == '\'') { /* else '=x would lose its own ' when read */
		t.s++;
		t.n--;
	}
	for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
		if (t.n >= leads[i].n && memcmp(t.s, leads[i].s, leads[i].n) == 0)
			return true;
	}
	return false;
}

struct text csv_unguard(struct text t)
{
	bool guarded = t.n > 1 && *t.s == '\'' && csv_needs_guard(t);
	return guarded ? (struct text){ t.s + 1, t.n - 1 } : t;
}
