#include "cli/hook.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- words ---- */

struct splitting {
	struct text in;
	size_t at;
	struct hook *out;
	size_t used;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static enum status not_closed(char quote, struct err *e)
{
	return err_set(e, ST_INVALID, "the %c is never closed", quote);
}

/* One word; at stands on its first character. */
static enum status take_word(struct splitting *s, struct err *e)
{
	char quote = 0;

	for (; s->at < s->in.n; s->at++) {
		char c = s->in.s[s->at];

		if (!quote && is_blank(c))
			break;
		if (c == quote) {
			quote = 0;
			continue;
		}
		if (!quote && (c == '"' || c == '\'')) {
			quote = c;
			continue;
		}
		if (c == '\\' && quote != '\'') {
			if (++s->at == s->in.n)
				return err_set(e, ST_INVALID,
					"nothing follows the last backslash");
			c = s->in.s[s->at];
		}
		s->out->bytes[s->used++] = c;
	}
	s->out->bytes[s->used++] = '\0';
	return quote ? not_closed(quote, e) : ST_OK;
}

enum status hook_split(struct text line, struct hook *out, struct err *e)
{
	struct splitting s = { .in = line, .out = out };
	enum status st = ST_OK;

	memset(out, 0, sizeof(*out));
	if (line.n >= HOOK_BYTES_MAX)
		return err_set(e, ST_INVALID, "a command of at most %d bytes",
			HOOK_BYTES_MAX - 1);
	if (line.n && memchr(line.s, '\0', line.n))
		return err_set(e, ST_INVALID, "a NUL in the command");
	while (st == ST_OK) {
		while (s.at < line.n && is_blank(line.s[s.at]))
			s.at++;
		if (s.at == line.n)
			break;
		if (out->words == HOOK_WORDS_MAX)
			return err_set(e, ST_INVALID, "at most %d words", HOOK_WORDS_MAX);
		out->argv[out->words++] = out->bytes + s.used;
		st = take_word(&s, e);
	}
	return st;
}

enum status hook_check(const struct hook *h, struct err *e)
{
	const char *path = h->argv[0];
	struct stat about;

	if (path[0] != '/')
		return err_set(e, ST_USAGE,
			"outbox-hook: %.200s: the program by its full path, as in "
			"/usr/local/bin/send",
			path);
	if (stat(path, &about) != 0 || access(path, X_OK) != 0)
		return err_set(e, ST_USAGE, "outbox-hook: can't run %.200s: %s", path,
			strerror(errno));
	if (!S_ISREG(about.st_mode))
		return err_set(e, ST_USAGE, "outbox-hook: %.200s is no program", path);
	return ST_OK;
}
