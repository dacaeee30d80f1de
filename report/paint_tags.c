/* Cairo tags what is on a page, but says neither in which language nor that the file is
 * tagged; a figure gets no words, and all stands side by side, in no document. A PDF may
 * be added to behind its end: there, those objects stand once more, with what they lack.
 */
#include "report/paint_tags.h"

#include <stdlib.h>
#include <string.h>

#define CATALOG "<< /Type /Catalog"
#define ROOT "<< /Type /StructTreeRoot"
#define TRAILER "trailer\n<< /Size "
#define FIGURE "<< /Type /StructElem\n   /S /Figure"

/* Where the text stands next, from there on; NULL: nowhere. */
static const char *find(const GString *pdf, const char *from, const char *text)
{
	const size_t n = strlen(text);
	const char *end = pdf->str + pdf->len - n;

	for (; from && from <= end; from++) {
		from = memchr(from, *text, (size_t)(end - from) + 1);
		if (!from || memcmp(from, text, n) == 0)
			return from;
	}
	return NULL;
}

/* The number in "12 0 obj\n" before its contents; 0: there is none. */
static long number_before(const GString *pdf, const char *body)
{
	static const char begin[] = " 0 obj\n";
	const char *at = body - (sizeof(begin) - 1), *first = at;

	if (at <= pdf->str || memcmp(at, begin, sizeof(begin) - 1) != 0)
		return 0;
	while (first > pdf->str && g_ascii_isdigit(first[-1]))
		first--;
	return strtol(first, NULL, 10);
}

struct adding {
	const GString *pdf;
	GString *objects, *table;
};

static void begin(struct adding *x, long number)
{
	g_string_append_printf(x->table, "%ld 1\n%010zu 00000 n \n", number,
		(size_t)(x->pdf->len + x->objects->len));
	g_string_append_printf(x->objects, "%ld 0 obj\n", number);
}

/* The object once more, without the line that `without` begins, and with what else it
 * says. */
static gboolean say_again(
	struct adding *x, const char *body, const char *without, const char *more)
{
	const char *end = find(x->pdf, body, ">>\nendobj"), *rest = body;
	const long number = number_before(x->pdf, body);

	if (!end || !number)
		return FALSE;
	begin(x, number);
	if (without) {
		const char *line = find(x->pdf, body, without);

		if (!line || line > end)
			return FALSE;
		g_string_append_len(x->objects, body, line - body);
		rest = (const char *)memchr(line, '\n', (size_t)(end - line)) + 1;
	}
	g_string_append_len(x->objects, rest, end - rest);
	g_string_append_printf(x->objects, "%s>>\nendobj\n", more);
	return TRUE;
}

/* What the root was becomes the document, since all that stands in it calls it its
 * parent; the root gets a number of its own. */
static gboolean say_document(struct adding *x, long number)
{
	const char *root = find(x->pdf, x->pdf->str, ROOT);
	const char *end = root ? find(x->pdf, root, ">>\nendobj") : NULL;
	const char *kids = root ? find(x->pdf, root, "   /K ") : NULL;
	const char *tree = root ? find(x->pdf, root, "   /ParentTree ") : NULL;
	const long was = root ? number_before(x->pdf, root) : 0;

	if (!end || !kids || !tree || tree > kids || kids > end || !was)
		return FALSE;
	begin(x, was);
	g_string_append_printf(x->objects,
		"<< /Type /StructElem\n   /S /Document\n   /P %ld 0 R\n", number);
	g_string_append_len(x->objects, kids, end - kids);
	g_string_append(x->objects, ">>\nendobj\n");
	begin(x, number);
	g_string_append(x->objects, ROOT "\n");
	g_string_append_len(x->objects, tree, kids - tree);
	g_string_append_printf(x->objects, "   /K [ %ld 0 R ]\n>>\nendobj\n", was);
	return TRUE;
}

/* As a PDF has it in any language. */
static char *alt_of(const struct mark *figure)
{
	GString *words = g_string_new_len(figure->text.s, (gssize)figure->text.n);
	GString *out = g_string_new("   /Alt <FEFF");
	gunichar2 *wide;
	glong n = 0;

	g_string_append(words, ". ");
	g_string_append_len(words, figure->says.s, (gssize)figure->says.n);
	wide = g_utf8_to_utf16(words->str, (glong)words->len, NULL, &n, NULL);
	for (glong k = 0; wide && k < n; k++)
		g_string_append_printf(out, "%04X", wide[k]);
	g_string_append(out, ">\n");
	g_free(wide);
	g_string_free(words, TRUE);
	return g_string_free(out, FALSE);
}

/* The figures stand in the order in which they were drawn. */
static gboolean say_figures(struct adding *x, const struct paint_job *job)
{
	const char *at = x->pdf->str;

	for (int p = 0; p < job->pages; p++)
		for (uint32_t k = 0; k < job->page[p]->n; k++) {
			const struct mark *m = &job->page[p]->mark[k];
			gboolean said;
			char *alt;

			if (m->kind != MARK_GROUP)
				continue;
			at = find(x->pdf, at, FIGURE);
			if (!at)
				return FALSE;
			alt = alt_of(m);
			said = say_again(x, at++, NULL, alt);
			g_free(alt);
			if (!said)
				return FALSE;
		}
	return !find(x->pdf, at, FIGURE);
}

static gboolean say_catalog(struct adding *x, long root)
{
	const char *catalog = find(x->pdf, x->pdf->str, CATALOG);
	char more[160];

	g_snprintf(more, sizeof(more),
		"   /StructTreeRoot %ld 0 R\n   /MarkInfo << /Marked true >>\n"
		"   /Lang (en)\n   /ViewerPreferences << /DisplayDocTitle true >>\n",
		root);
	return catalog && say_again(x, catalog, "   /StructTreeRoot ", more);
}

void paint_tags(GString *pdf, const struct paint_job *job)
{
	struct adding x = { pdf, g_string_new(NULL), g_string_new("xref\n") };
	const char *trailer = find(pdf, pdf->str, TRAILER);
	const char *end = trailer ? find(pdf, trailer, ">>") : NULL;
	const char *start = trailer ? find(pdf, trailer, "startxref\n") : NULL;
	char *rest = NULL;
	const long size = trailer ? strtol(trailer + strlen(TRAILER), &rest, 10) : 0;

	if (end && start && say_figures(&x, job) && say_document(&x, size) &&
		say_catalog(&x, size)) {
		const long before = strtol(start + strlen("startxref\n"), NULL, 10);

		g_string_append_printf(x.table, TRAILER "%ld", size + 1);
		g_string_append_len(x.table, rest, end - rest);
		g_string_append_printf(x.table,
			"   /Prev %ld\n>>\nstartxref\n%zu\n%%%%EOF\n", before,
			(size_t)(pdf->len + x.objects->len));
		g_string_append_len(x.objects, x.table->str, (gssize)x.table->len);
		g_string_append_len(pdf, x.objects->str, (gssize)x.objects->len);
	}
	g_string_free(x.objects, TRUE);
	g_string_free(x.table, TRUE);
}
