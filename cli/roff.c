#include "cli/roff.h"

#include "config.h"

void roff_put(FILE *to, const char *s)
{
	for (; *s; s++) {
		if (*s == '\\')
			fputs("\\e", to);
		else if (*s == '-')
			fputs("\\-", to);
		else
			fputc(*s, to);
	}
}

void roff_line(FILE *to, const char *s)
{
	if (*s == '.' || *s == '\'')
		fputs("\\&", to);
	roff_put(to, s);
	fputc('\n', to);
}

void roff_term(FILE *to, const char *bold, const char *italic)
{
	fputs(".TP\n\\fB", to);
	roff_put(to, bold);
	fputs("\\fR", to);
	if (italic && *italic) {
		fputs(" \\fI", to);
		roff_put(to, italic);
		fputs("\\fR", to);
	}
	fputc('\n', to);
}

void roff_head(FILE *to, const char *name, int section, const char *what)
{
	fprintf(to, ".\\\" Made from the program's tables: make update-documents.\n.TH ");
	for (const char *s = name; *s; s++)
		fputc(*s >= 'a' && *s <= 'z' ? *s - 'a' + 'A' : *s, to);
	fprintf(to,
		" %d 2026-11-22 \"tierdesk " PACKAGE_VERSION "\" tierdesk\n.SH NAME\n",
		section);
	roff_put(to, name);
	fputs(" \\- ", to);
	roff_put(to, what);
	fputc('\n', to);
}
