#include "cli/own_plays.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/file.h"
#include "cli/host.h"
#include "core/alike.h"

#define ENDING ".ini"
#define FILES_MAX (2 * PLAYS_MAX) /* more are not looked at */

struct folder {
	const char *path;
	char *name[FILES_MAX]; /* owned */
	size_t n;
	own_plays_fn fn;
	void *arg;
};

static bool is_play(const char *name)
{
	const size_t n = strlen(name), ending = sizeof(ENDING) - 1;

	return name[0] != '.' && n > ending && strcmp(name + n - ending, ENDING) == 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A folder that is not there is an empty one. */
static enum status list(struct folder *f, struct err *e)
{
	DIR *d = opendir(f->path);
	const struct dirent *x;
	enum status st = ST_OK;
	struct err why;

	if (!d && errno == ENOENT)
		return ST_OK;
	if (!d) {
		err_set(&why, ST_IO, "can't look into %s: %s", f->path, strerror(errno));
		f->fn(f->arg, why.text);
		return ST_OK;
	}
	while (st == ST_OK && f->n < FILES_MAX && (x = readdir(d)) != NULL) {
		if (!is_play(x->d_name))
			continue;
		f->name[f->n] = strdup(x->d_name);
		if (f->name[f->n])
			f->n++;
		else
			st = err_set(e, ST_NOMEM, "not enough memory for the plays");
	}
	closedir(d);
	if (f->n)
		qsort(f->name, f->n, sizeof(*f->name), by_name);
	return st;
}

static enum status read_play(struct plays *p, const char *path, struct err *e)
{
	struct file_bytes file = { 0 };
	struct stat about;
	enum status st;

	if (stat(path, &about) != 0)
		return err_set(e, ST_IO, "can't read %s: %s", path, strerror(errno));
	if (!S_ISREG(about.st_mode))
		return err_set(e, ST_INVALID, "%s: is no file", path);
	if (about.st_size > PLAY_BYTES_MAX)
		return err_set(e, ST_INVALID, "%s: has %lld bytes, a play may have %d",
			path, (long long)about.st_size, PLAY_BYTES_MAX);
	st = file_read(path, true, &file, e);
	if (st == ST_OK)
		st = plays_add_own(p, file.bytes, file.size, path, e);
	file_free(&file);
	return st;
}

/* What is wrong with one file is told and does not stop the others. */
static enum status read_all(struct folder *f, struct plays *p, struct err *e)
{
	for (size_t i = 0; i < f->n; i++) {
		const size_t size = strlen(f->path) + strlen(f->name[i]) + 2;
		char *path = malloc(size);
		enum status st;
		struct err why;

		if (!path)
			return err_set(e, ST_NOMEM, "not enough memory for the plays");
		snprintf(path, size, "%s/%s", f->path, f->name[i]);
		st = read_play(p, path, &why);
		free(path);
		if (st == ST_NOMEM)
			return err_set(e, ST_NOMEM, "%s", why.text);
		if (st != ST_OK)
			f->fn(f->arg, why.text);
	}
	return ST_OK;
}

enum status own_plays_load(struct plays *out, own_plays_fn fn, void *arg, struct err *e)
{
	char *path = host_xdg_path("XDG_CONFIG_HOME", "/.config", "/tierdesk/plays");
	struct folder f = { .path = path, .fn = fn, .arg = arg };
	enum status st;

	plays_init(out);
	st = plays_add_shipped(out, e);
	if (st == ST_OK && path)
		st = list(&f, e);
	if (st == ST_OK)
		st = read_all(&f, out, e);
	for (size_t i = 0; i < f.n; i++)
		free(f.name[i]);
	free(path);
	return st;
}

enum status own_plays_find(
	const struct plays *p, const char *name, const struct play **out, struct err *e)
{
	struct alike near;

	*out = plays_find(p, name);
	if (*out)
		return ST_OK;
	alike_begin(&near, text_of(name));
	for (int i = 0; i < p->n; i++)
		alike_try(&near, p->play[i]->name);
	return err_set(e, ST_NOTFOUND,
		"there is no play %s%s%s; `tierdesk plays` lists them", name,
		near.word ? ": did you mean " : "", near.word ? near.word : "");
}
