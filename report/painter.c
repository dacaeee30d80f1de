#include "report/painter.h"

#include <dlfcn.h>
#include <stdio.h>

#include "core/day.h"
#include "report/svg.h"

/* The folder that `make install` puts it in. */
#ifndef PAINT_FOLDER
#	define PAINT_FOLDER "/usr/local/lib/tierdesk"
#endif

struct passing {
	out_sink sink;
	void *arg;
	struct err *e;
	enum status st;
};

static bool pass_on(void *arg, const unsigned char *bytes, size_t n)
{
	struct passing *p = arg;

	if (p->st == ST_OK)
		p->st = p->sink(p->arg, (const char *)bytes, n, p->e);
	return p->st == ST_OK;
}

/* It stays loaded: its libraries do not like to be thrown out. */
static const struct paint_module *load(const char *path)
{
	void *at = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	const struct paint_module *m = at ? dlsym(at, "paint_module") : NULL;

	return m && m->shapes == PAINT_SHAPES ? m : NULL;
}

static const struct paint_module *find(const char *folder)
{
	const struct paint_module *m = NULL;
	char path[4096];

	/* A cut path would be another one. */
	if (folder && (size_t)snprintf(path, sizeof(path), "%s/" PAINT_MODULE, folder) <
			      sizeof(path))
		m = load(path);
	return m ? m : load(PAINT_FOLDER "/" PAINT_MODULE);
}

enum status painter_write(const struct doc *d, const struct pages *p,
	enum paint_format format, const char *folder, out_sink sink, void *arg,
	struct err *e)
{
	const struct paint_module *m = find(folder);
	struct paint_heading heading[PAGES_HEADS_MAX];
	struct passing to = { sink, arg, e, ST_OK };
	char why[PAINT_WHY_MAX], day[DAY_TEXT_MAX], made[32], title[256];
	struct paint_job job = { .format = format,
		.page = (const struct drawing *const *)p->page,
		.pages = p->n,
		.ink = ink_rows,
		.fonts = svg_fonts,
		.title = title,
		.made = made,
		.heading = heading,
		.headings = p->heads,
		.sink = pass_on,
		.arg = &to };

	if (!m)
		return err_set(e, ST_USAGE,
			"PDF and PNG can't be drawn here, HTML and SVG can: " PAINT_MODULE
			" or its libraries cairo and pango are missing");
	for (int k = 0; k < p->heads; k++)
		heading[k] = (struct paint_heading){ p->head[k].title.s, p->head[k].page,
			p->head[k].y };
	snprintf(made, sizeof(made), "%sT00:00:00Z", day_format(d->as_of, day));
	snprintf(title, sizeof(title), "%.100s, %.100s", d->kind.s, d->day.s);
	if (m->run(&job, why))
		return ST_OK;
	return to.st != ST_OK ? to.st
			      : err_set(e, ST_IO, "the pages can't be drawn: %s", why);
}
