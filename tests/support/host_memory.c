#include "tests/support/host_memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/book_internal.h"
#include "tests/support/fake_store.h"
#include "tests/support/fixture.h"

#define HOME "/home/dana"
enum { FILES = 64, PATH_SIZE = 256 };

struct file {
	char path[PATH_SIZE];
	char *text; /* owned; "" of a book */
};

struct host_memory {
	struct host host;
	struct file file[FILES]; /* in byte order of the paths */
	int files;
	char *kept, written[PATH_SIZE];
	bool full, placed;
};

static char *copy(const char *s, size_t n)
{
	char *to = calloc(n + 1, 1);

	if (!to)
		abort();
	if (n)
		memcpy(to, s, n);
	return to;
}

static void full_path(const char *path, char out[PATH_SIZE])
{
	const char *rest = strncmp(path, "~/", 2) == 0 ? path + 2 : path;

	if (path[0] == '/')
		snprintf(out, PATH_SIZE, "%s", path);
	else if (*rest)
		snprintf(out, PATH_SIZE, HOME "/%s", rest);
	else
		snprintf(out, PATH_SIZE, HOME);
	for (size_t n = strlen(out); n > 1 && out[n - 1] == '/'; n--)
		out[n - 1] = '\0';
}

static struct file *find(const struct host_memory *m, const char *path)
{
	char full[PATH_SIZE];

	full_path(path, full);
	for (int i = 0; i < m->files; i++)
		if (strcmp(m->file[i].path, full) == 0)
			return (struct file *)&m->file[i];
	return NULL;
}

static void put(struct host_memory *m, const char *path, struct text bytes)
{
	struct file *f = find(m, path);
	char full[PATH_SIZE];
	int at = m->files;

	if (!f && m->files == FILES)
		abort();
	full_path(path, full);
	for (; !f && at > 0 && strcmp(m->file[at - 1].path, full) > 0; at--)
		m->file[at] = m->file[at - 1];
	if (!f) {
		f = &m->file[at];
		*f = (struct file){ .text = NULL };
		memcpy(f->path, full, sizeof(full));
		m->files++;
	}
	free(f->text);
	f->text = copy(bytes.s, bytes.n);
}

static enum status no_room(struct err *e)
{
	return err_set(e, ST_IO, "can't write: no space left on device");
}

static enum status keep(void *ctx, const char *text, struct err *e)
{
	struct host_memory *m = ctx;

	if (m->full)
		return no_room(e);
	free(m->kept);
	m->kept = copy(text, strlen(text));
	return ST_OK;
}

static char *kept_again(void *ctx)
{
	const struct host_memory *m = ctx;

	return m->kept ? copy(m->kept, strlen(m->kept)) : NULL;
}

static enum status write_file(void *ctx, const char *path, struct text bytes,
	bool replace, const char **written, struct err *e)
{
	struct host_memory *m = ctx;

	if (m->full || (m->files == FILES && !find(m, path)))
		return no_room(e);
	full_path(path, m->written);
	if (find(m, path) && !replace)
		return err_set(e, ST_DUPLICATE, "%s is there already", m->written);
	put(m, path, bytes);
	if (written)
		*written = m->written;
	return ST_OK;
}

/* What was asked for, in the place of the report. */
static enum status write_report(void *ctx, struct book *b, enum host_report what,
	uint32_t subject, const char *path, bool replace, const char **written,
	struct err *e)
{
	static const char *const names[] = { "board", "csm", "account" };
	char text[64];

	(void)b;
	snprintf(text, sizeof(text), "%s %u", names[what], subject);
	return write_file(ctx, path, text_of(text), replace, written, e);
}

static enum status read_file(
	void *ctx, const char *path, struct host_file *out, struct err *e)
{
	const struct file *f = find(ctx, path);

	if (!f)
		return err_set(
			e, ST_NOTFOUND, "can't read %s: no such file or directory", path);
	*out = (struct host_file){ .bytes = f->text, .size = strlen(f->text) };
	return ST_OK;
}

static void unread(void *ctx, struct host_file *f)
{
	(void)ctx;
	*f = (struct host_file){ .bytes = NULL };
}

/* The name of the entry that the path has in the folder; n 0: none. */
static struct text entry_of(const char *path, const char *folder, bool *is_folder)
{
	const size_t n = strcmp(folder, "/") == 0 ? 0 : strlen(folder);
	struct text name = { NULL, 0 };

	if (strncmp(path, folder, n) != 0 || path[n] != '/')
		return name;
	name.s = path + n + 1;
	name.n = strcspn(name.s, "/");
	*is_folder = name.s[name.n] == '/';
	return name;
}

static enum status list(struct host_memory *m, const char *path, bool folders,
	host_entry_fn fn, void *arg, struct err *e)
{
	struct text last = { "", 0 };
	enum status st = ST_OK;

	for (int i = 0; st == ST_OK && i < m->files; i++) {
		bool is_folder = false;
		const struct text name = entry_of(m->file[i].path, path, &is_folder);
		const struct host_entry entry = { name, is_folder,
			is_folder ? 0 : strlen(m->file[i].text), DAY_NONE };

		if (name.n == 0 || name.s[0] == '.' || is_folder != folders ||
			text_eq(name, last))
			continue;
		last = name;
		st = fn(arg, &entry, e);
	}
	return st;
}

static enum status folder(void *ctx, const char *path, char *path_out, size_t size,
	host_entry_fn fn, void *arg, struct err *e)
{
	struct host_memory *m = ctx;
	char full[PATH_SIZE];
	bool there = false, inner;
	enum status st;

	full_path(path, full);
	for (int i = 0; i < m->files; i++)
		there |= entry_of(m->file[i].path, full, &inner).n > 0;
	if (!there && strcmp(full, HOME) != 0)
		return err_set(e, ST_NOTFOUND, "%s is no folder", full);
	snprintf(path_out, size, "%s", full);
	st = list(m, full, true, fn, arg, e);
	return st == ST_OK ? list(m, full, false, fn, arg, e) : st;
}

static int64_t fixed_now(const struct clock *c)
{
	return c->fixed;
}

static enum status create(const char *path, struct book **out, struct err *e)
{
	struct clock clock = { .now = fixed_now, .fixed = 1774915200 };
	enum status st;

	if (!day_from_civil(2026, 3, 31, &clock.today))
		abort();
	st = book_open(fake_store_new(), &clock, "Dana Reyes", out, e);
	if (st == ST_OK)
		(*out)->path = path;
	return st;
}

static enum status open_book(void *ctx, const char *path, enum host_book how,
	const struct progress *progress, struct book **out, struct err *e)
{
	struct host_memory *m = ctx;

	if (how == HOST_BOOK_OPEN && !find(m, path))
		return err_set(e, ST_NOTFOUND, "there is no book at %s", path);
	if (how != HOST_BOOK_OPEN && find(m, path))
		return err_set(e, ST_DUPLICATE, "there is a book at %s already", path);
	if (how != HOST_BOOK_OPEN && m->files == FILES)
		return no_room(e);
	for (uint64_t i = 0; how == HOST_BOOK_DEMO && i < 4; i++)
		if (progress && !progress->tell(progress->arg, "making accounts", i, 4))
			return err_set(e, ST_CANCELLED, "interrupted");
	if (how != HOST_BOOK_OPEN)
		put(m, path, text_of(""));
	if (how == HOST_BOOK_CREATE)
		return create(m->placed && strcmp(path, m->host.usual_book) == 0
				      ? m->host.usual_book
				      : NULL,
			out, e);
	*out = fixture_book(FIXTURE_COMPLETE);
	return ST_OK;
}

static bool find_verb(void *ctx, struct text letters, struct host_verb *out)
{
	static const struct host_verb only = { "outbox", "[ID...]",
		"messages that wait" };

	(void)ctx;
	*out = only;
	return letters.n <= strlen(only.name) &&
	       text_ieq((struct text){ only.name, letters.n }, letters);
}

struct host_memory *host_memory_new(void)
{
	struct host_memory *m = calloc(1, sizeof(*m));

	if (!m)
		abort();
	m->host = (struct host){ .ctx = m,
		.settings = "[options]\nstart-screen = Book\n",
		.keep = keep,
		.kept_again = kept_again,
		.write = write_file,
		.report = write_report,
		.read = read_file,
		.unread = unread,
		.folder = folder,
		.book = open_book,
		.verb = find_verb,
		.demo_book = HOME "/.local/share/tierdesk/demo.db",
		.usual_book = HOME "/.local/share/tierdesk/book.db" };
	return m;
}

void host_memory_free(struct host_memory **m)
{
	if (!*m)
		return;
	for (int i = 0; i < (*m)->files; i++)
		free((*m)->file[i].text);
	free((*m)->kept);
	free(*m);
	*m = NULL;
}

struct host *host_memory_host(struct host_memory *m)
{
	return &m->host;
}

void host_memory_put(struct host_memory *m, const char *path, const char *text)
{
	put(m, path, text_of(text));
}

const char *host_memory_get(const struct host_memory *m, const char *path)
{
	const struct file *f = find(m, path);

	return f ? f->text : NULL;
}

const char *host_memory_kept(const struct host_memory *m)
{
	return m->kept;
}

void host_memory_keep(struct host_memory *m, const char *text)
{
	free(m->kept);
	m->kept = copy(text, strlen(text));
}

void host_memory_full(struct host_memory *m, bool full)
{
	m->full = full;
}

void host_memory_place(struct host_memory *m)
{
	m->placed = true;
}
