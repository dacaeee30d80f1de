/* The console's host (tui/host.h) on the real world. */
#ifndef CLI_HOST_H
#define CLI_HOST_H

#include "cli/call.h"
#include "cli/file.h"
#include "tui/host.h"

struct cli_host {
	struct host host; /* what the console is given */
	/* from here on for host*.c alone */
	struct call *call;
	struct file_bytes settings, kept, picture;
	char *settings_path, *kept_path, *picture_path, *usual_book, *demo_book, *book;
	char *written; /* path of the last file written */
};

/* Reads what was set and kept; the call is borrowed until host_clear, which is due in
 * any case. What can't be read is left out with a note. */
enum status host_init(struct cli_host *h, struct call *c, struct err *e) MUST_USE;
void host_clear(struct cli_host *h);

/* What the settings file says, for verbs; what makes no sense in it is left out. */
struct settings;
enum status host_settings(
	const struct call *c, struct settings *out, struct err *e) MUST_USE;

/* Whom the person chose to be in this book, in the console: see tui/me.h. */
enum status host_take_up_me(const struct call *c, struct book *b, struct err *e) MUST_USE;

/* The book that the console showed last, when it is still there; owned, else NULL. */
char *host_last_book(const struct call *c);

/* A file in a folder of the XDG base directories, as in ("XDG_CONFIG_HOME", "/.config",
 * "/tierdesk/x"); those that are not absolute don't count. Owned; NULL: there is no place
 * for it. */
char *host_xdg_path(const char *variable, const char *in_home, const char *file);

/* ---- for host*.c ---- */
enum status host_report(void *ctx, struct book *b, enum host_report what,
	uint32_t subject, const char *path, bool replace, const char **written,
	struct err *e);
/* A path as people write it, ~/ being the home folder; owned, NULL without memory. */
char *host_path(const char *path);
/* host.c: where a file is to be written: h->written, and *written where that is asked
 * for. ST_DUPLICATE: something is there that is not to be replaced. */
enum status host_place(struct cli_host *h, const char *path, bool replace,
	const char **written, struct err *e) MUST_USE;
/* The path from the root on; owned, NULL without memory. */
char *host_absolute(const char *path);
enum status host_folder(void *ctx, const char *path, char *path_out, size_t size,
	host_entry_fn fn, void *arg, struct err *e);

#endif
