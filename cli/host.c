#include "cli/host.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/demo_book.h"
#include "tui/kept.h"
#include "tui/me.h"
#include "tui/recent.h"
#include "tui/settings.h"

#define SETTINGS "/tierdesk/tierdesk.conf"
#define KEPT "/tierdesk/state.ini"
#define PICTURE "/tierdesk/first-screen"

enum { DEMO_ACCOUNTS = 600, DEMO_CSMS = 6, DEMO_MONTHS = 18, DEMO_SEED = 1 };

static char *join(const char *a, const char *b)
{
	const size_t n = strlen(a), m = strlen(b);
	char *s = malloc(n + m + 1);

	if (s) {
		memcpy(s, a, n);
		memcpy(s + n, b, m + 1);
	}
	return s;
}

static const char *home(void)
{
	const char *folder = getenv("HOME");

	return folder && folder[0] == '/' ? folder : NULL;
}

char *host_path(const char *path)
{
	if (path[0] == '~' && (path[1] == '/' || !path[1]) && home())
		return join(home(), path + 1);
	return strdup(path);
}

char *host_xdg_path(const char *variable, const char *in_home, const char *file)
{
	const char *folder = getenv(variable);
	char *own, *path;

	if (folder && folder[0] == '/')
		return join(folder, file);
	if (!home())
		return NULL;
	own = join(home(), in_home);
	path = own ? join(own, file) : NULL;
	free(own);
	return path;
}

/* ---- what is kept --------------------------------------------------------------- */

/* Makes the folders that the path leads through, for nobody else to look into. */
static enum status make_folders(const char *path, struct err *e)
{
	char *own = strdup(path);
	enum status st = ST_OK;

	if (!own)
		return err_set(e, ST_NOMEM, "not enough memory");
	for (char *s = strchr(own + 1, '/'); s && st == ST_OK; s = strchr(s + 1, '/')) {
		*s = '\0';
		if (mkdir(own, 0700) != 0 && errno != EEXIST)
			st = err_set(e, ST_IO, "can't make the folder %s: %s", own,
				strerror(errno));
		*s = '/';
	}
	free(own);
	return st;
}

/* As another user (sudo with the HOME of who called it), files would be left behind that
 * their owner can't write any more. */
static enum status check_owner(const char *path, struct err *e)
{
	char *folder = strdup(path);
	struct stat about;
	bool foreign;

	if (!folder)
		return err_set(e, ST_NOMEM, "not enough memory");
	*strrchr(folder, '/') = '\0';
	foreign = stat(folder, &about) == 0 && about.st_uid != geteuid();
	free(folder);
	if (foreign)
		return err_set(e, ST_FORBIDDEN,
			"nothing is kept for the next time: the folder of %s belongs to "
			"another user",
			path);
	return ST_OK;
}

static enum status put_file(const char *path, bool replace, const char *book,
	struct text bytes, struct err *e)
{
	struct file_new file;
	enum status st = file_create(path, replace, book, &file, e);

	if (st != ST_OK)
		return st;
	if (bytes.n && fwrite(bytes.s, 1, bytes.n, file.to) != bytes.n)
		st = err_set(e, ST_IO, "can't write %s: %s", path, strerror(errno));
	if (st == ST_OK)
		st = file_keep(&file, e);
	file_drop(&file);
	return st;
}

static enum status keep(void *ctx, const char *text, struct err *e)
{
	const struct cli_host *h = ctx;
	enum status st;

	if (!h->kept_path)
		return err_set(e, ST_FORBIDDEN,
			"nothing is kept for the next time: $HOME is not set");
	st = make_folders(h->kept_path, e);
	if (st == ST_OK)
		st = check_owner(h->kept_path, e);
	return st == ST_OK ? put_file(h->kept_path, true, h->book, text_of(text), e) : st;
}

static char *kept_again(void *ctx)
{
	const struct cli_host *h = ctx;
	struct file_bytes file;
	char *text = NULL;

	if (!h->kept_path || file_read(h->kept_path, true, &file, NULL) != ST_OK)
		return NULL;
	text = strdup(file.bytes);
	file_free(&file);
	return text;
}

static void keep_picture(void *ctx, struct text bytes)
{
	const struct cli_host *h = ctx;

	if (h->picture_path && make_folders(h->picture_path, NULL) == ST_OK &&
		check_owner(h->picture_path, NULL) == ST_OK)
		(void)put_file(h->picture_path, true, h->book, bytes, NULL);
}

/* ---- files ---------------------------------------------------------------------- */

enum status host_place(struct cli_host *h, const char *path, bool replace,
	const char **written, struct err *e)
{
	char *full = host_path(path);
	struct stat about;

	if (!full)
		return err_set(e, ST_NOMEM, "not enough memory");
	free(h->written);
	h->written = full;
	if (written)
		*written = full;
	return !replace && lstat(full, &about) == 0
		       ? err_set(e, ST_DUPLICATE, "%s is there already", full)
		       : ST_OK;
}

static enum status write_bytes(void *ctx, const char *path, struct text bytes,
	bool replace, const char **written, struct err *e)
{
	struct cli_host *h = ctx;
	enum status st = host_place(h, path, replace, written, e);

	return st == ST_OK ? put_file(h->written, replace, h->book, bytes, e) : st;
}

static enum status read_bytes(
	void *ctx, const char *path, struct host_file *out, struct err *e)
{
	struct file_bytes *file = malloc(sizeof(*file));
	char *full = host_path(path);
	enum status st;

	(void)ctx;
	*out = (struct host_file){ .bytes = NULL };
	st = file && full ? file_read(full, false, file, e)
			  : err_set(e, ST_NOMEM, "not enough memory");
	free(full);
	if (st != ST_OK) {
		free(file);
		return st;
	}
	*out = (struct host_file){ file->bytes, file->size, file };
	return ST_OK;
}

static void unread(void *ctx, struct host_file *f)
{
	(void)ctx;
	if (f->owner)
		file_free(f->owner);
	free(f->owner);
	*f = (struct host_file){ .bytes = NULL };
}

/* ---- books ---------------------------------------------------------------------- */

static enum status make_demo(struct cli_host *h, const struct progress *progress,
	struct book **out, struct err *e)
{
	struct demo_request r = { .accounts = DEMO_ACCOUNTS,
		.csms = DEMO_CSMS,
		.months = DEMO_MONTHS,
		.seed = DEMO_SEED,
		.today = h->call->clock.today };

	return demo_book(h->call, &r, NULL, progress, out, e);
}

/* The call's book is the one that is opened; on failure it is what it was. */
static enum status open_at(struct cli_host *h, char *path, enum host_book how,
	const struct progress *progress, struct book **out, struct err *e)
{
	struct call *c = h->call;
	char *db = c->db;
	const bool default_place = c->default_place;
	enum status st;

	c->db = path;
	c->default_place = (!h->host.named_book && strcmp(path, h->usual_book) == 0) ||
			   (h->demo_book && strcmp(path, h->demo_book) == 0);
	st = how == HOST_BOOK_DEMO ? make_demo(h, progress, out, e)
				   : call_book(c, how == HOST_BOOK_CREATE, out, e);
	free(st == ST_OK ? db : path);
	if (st != ST_OK) {
		c->db = db;
		c->default_place = default_place;
		return st;
	}
	free(h->book);
	h->book = strdup(c->db);
	return h->book ? ST_OK : err_set(e, ST_NOMEM, "not enough memory");
}

static enum status open_book(void *ctx, const char *path, enum host_book how,
	const struct progress *progress, struct book **out, struct err *e)
{
	char *full = host_path(path);
	struct stat about;
	bool there;

	if (!full)
		return err_set(e, ST_NOMEM, "not enough memory");
	there = lstat(full, &about) == 0 &&
		!(S_ISREG(about.st_mode) && about.st_size == 0);
	if (there == (how == HOST_BOOK_OPEN))
		return open_at(ctx, full, how, progress, out, e);
	if (there)
		err_set(e, ST_DUPLICATE, "there is a file at %s already", full);
	else
		err_set(e, ST_NOTFOUND, "there is no book at %s", full);
	free(full);
	return there ? ST_DUPLICATE : ST_NOTFOUND;
}

/* ---- the host ------------------------------------------------------------------- */

/* Its text; none when there is no such file. */
static const char *load(const struct call *c, const char *path, struct file_bytes *file)
{
	struct err e = { .status = ST_OK };
	enum status st;

	if (!path)
		return NULL;
	st = file_read(path, true, file, &e);
	if (st != ST_OK && st != ST_NOTFOUND)
		call_note(c, "tierdesk: %s", e.text);
	return st == ST_OK ? file->bytes : NULL;
}

static struct text load_picture(struct cli_host *h)
{
	if (!h->picture_path ||
		file_read(h->picture_path, true, &h->picture, NULL) != ST_OK)
		return (struct text){ NULL, 0 };
	return (struct text){ h->picture.bytes, h->picture.size };
}

enum status host_settings(const struct call *c, struct settings *out, struct err *e)
{
	char *path = host_xdg_path("XDG_CONFIG_HOME", "/.config", SETTINGS);
	struct file_bytes file = { 0 };
	const struct settings_from from = { .file = load(c, path, &file), .path = path };
	const enum status st = settings_load(out, &from, e);

	file_free(&file);
	free(path);
	return st;
}

/* What the console remembers; to be cleared. */
static void load_kept(const struct call *c, struct kept *out)
{
	char *path = host_xdg_path("XDG_STATE_HOME", "/.local/state", KEPT);
	struct file_bytes file = { 0 };

	kept_init(out, load(c, path, &file));
	file_free(&file);
	free(path);
}

char *host_last_book(const struct call *c)
{
	struct kept kept;
	struct stat about;
	const char *path;
	char *last = NULL;

	load_kept(c, &kept);
	path = kept_find(&kept, RECENT_SECTION, RECENT_LAST);
	if (path && stat(path, &about) == 0)
		last = strdup(path);
	kept_clear(&kept);
	return last;
}

enum status host_take_up_me(const struct call *c, struct book *b, struct err *e)
{
	char *path = host_absolute(c->db);
	struct kept kept;
	enum status st;

	if (!path)
		return err_set(e, ST_NOMEM, "not enough memory");
	load_kept(c, &kept);
	st = me_take_up(b, path, &kept, e);
	kept_clear(&kept);
	free(path);
	return st;
}

char *host_absolute(const char *path)
{
	char *folder, *slash, *full;

	if (path[0] == '/')
		return strdup(path);
	folder = getcwd(NULL, 0);
	slash = folder ? join(folder, "/") : NULL;
	full = slash ? join(slash, path) : NULL;
	free(folder);
	free(slash);
	return full;
}

static bool find_verb(void *ctx, struct text letters, struct host_verb *out)
{
	const struct verb *v = call_verb(letters);

	(void)ctx;
	if (v)
		*out = (struct host_verb){ v->name, v->arguments, v->help };
	return v != NULL;
}

enum status host_init(struct cli_host *h, struct call *c, struct err *e)
{
	*h = (struct cli_host){ .call = c };
	h->settings_path = host_xdg_path("XDG_CONFIG_HOME", "/.config", SETTINGS);
	h->kept_path = host_xdg_path("XDG_STATE_HOME", "/.local/state", KEPT);
	h->picture_path = host_xdg_path("XDG_CACHE_HOME", "/.cache", PICTURE);
	h->demo_book =
		host_xdg_path("XDG_DATA_HOME", "/.local/share", "/tierdesk/demo.db");
	h->usual_book = host_absolute(c->db);
	h->book = h->usual_book ? strdup(h->usual_book) : NULL;
	if (!h->usual_book || !h->book)
		return err_set(e, ST_NOMEM, "not enough memory");
	h->host = (struct host){
		.ctx = h,
		.ended = &call_cancelled,
		.waiting = &call_waiting,
		.settings = load(c, h->settings_path, &h->settings),
		.settings_path = h->settings_path,
		.kept = load(c, h->kept_path, &h->kept),
		.keep = keep,
		.kept_again = kept_again,
		.picture = load_picture(h),
		.keep_picture = keep_picture,
		.write = write_bytes,
		.report = host_report,
		.read = read_bytes,
		.unread = unread,
		.folder = host_folder,
		.book = open_book,
		.demo_book = h->demo_book,
		.usual_book = h->usual_book,
		.named_book = !c->default_place,
		.named_actor = c->named_actor,
		.verb = find_verb,
	};
	return ST_OK;
}

void host_clear(struct cli_host *h)
{
	file_free(&h->settings);
	file_free(&h->kept);
	file_free(&h->picture);
	free(h->picture_path);
	free(h->settings_path);
	free(h->kept_path);
	free(h->usual_book);
	free(h->demo_book);
	free(h->book);
	free(h->written);
	*h = (struct cli_host){ .call = NULL };
}
