#include "tui/kept.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tui/app.h"
#include "tui/mem.h"

#define SECTION_MAX 32

static char *copy(struct text t)
{
	char *s = mem_new(t.n + 1, 1);

	if (t.n)
		memcpy(s, t.s, t.n);
	return s;
}

/* Place of the line, or n. */
static size_t find(const struct kept *k, const char *section, const char *key)
{
	size_t i = 0;

	while (i < k->n && (strcmp(k->line[i].section, section) != 0 ||
				   strcmp(k->line[i].key, key) != 0))
		i++;
	return i;
}

/* Behind the last line of its section. */
static void add(struct kept *k, const char *section, struct text key, struct text value)
{
	size_t at = k->n;

	while (at > 0 && strcmp(k->line[at - 1].section, section) != 0)
		at--;
	if (at == 0)
		at = k->n;
	k->line = mem_resize(k->line, k->n + 1, sizeof(*k->line));
	memmove(k->line + at + 1, k->line + at, (k->n - at) * sizeof(*k->line));
	k->line[at] =
		(struct kept_line){ copy(text_of(section)), copy(key), copy(value) };
	k->n++;
}

static void drop(struct kept_line *line)
{
	free(line->section);
	free(line->key);
	free(line->value);
}

/* Sets, or with value NULL takes away; false: nothing changed. */
static bool put(struct kept *k, const char *section, const char *key, const char *value)
{
	const size_t i = find(k, section, key);

	if (i < k->n && value && strcmp(k->line[i].value, value) == 0)
		return false;
	if (i < k->n && value) {
		free(k->line[i].value);
		k->line[i].value = copy(text_of(value));
	} else if (i < k->n) {
		drop(&k->line[i]);
		k->n--;
		memmove(k->line + i, k->line + i + 1, (k->n - i) * sizeof(*k->line));
	} else if (value) {
		add(k, section, text_of(key), text_of(value));
	} else {
		return false;
	}
	return true;
}

static void take_line(struct kept *k, char section[SECTION_MAX], struct text line)
{
	const char *equals;
	struct text key;

	if (line.n > 2 && line.s[0] == '[' && line.s[line.n - 1] == ']') {
		section[0] = '\0';
		if (line.n - 2 < SECTION_MAX) {
			memcpy(section, line.s + 1, line.n - 2);
			section[line.n - 2] = '\0';
		}
		return;
	}
	equals = line.n ? memchr(line.s, '=', line.n) : NULL;
	if (!equals || !section[0] || text_invalid_at(line) < line.n)
		return;
	key = text_trim((struct text){ line.s, (size_t)(equals - line.s) });
	if (key.n > 0)
		add(k, section, key,
			text_trim((struct text){
				equals + 1, line.n - (size_t)(equals - line.s) - 1 }));
}

void kept_init(struct kept *k, const char *text)
{
	char section[SECTION_MAX] = "";

	*k = (struct kept){ 0 };
	while (text && *text) {
		const size_t n = strcspn(text, "\n");

		take_line(k, section, text_trim((struct text){ text, n }));
		text += n + (text[n] == '\n');
	}
}

static void forget_sets(struct kept *k)
{
	for (size_t i = 0; i < k->sets; i++)
		drop(&k->set[i]);
	free(k->set);
	k->set = NULL;
	k->sets = 0;
}

void kept_clear(struct kept *k)
{
	for (size_t i = 0; i < k->n; i++)
		drop(&k->line[i]);
	free(k->line);
	forget_sets(k);
	*k = (struct kept){ 0 };
}

static char *append(char *to, const char *s)
{
	const size_t n = strlen(s);

	memcpy(to, s, n);
	return to + n;
}

/* The whole as text; owned. */
static char *write_text(const struct kept *k)
{
	static const size_t around = sizeof("\n[]\n =  \n");
	size_t room = 1;
	char *text, *to;

	for (size_t i = 0; i < k->n; i++)
		room += strlen(k->line[i].section) + strlen(k->line[i].key) +
			strlen(k->line[i].value) + around;
	text = to = mem_new(room, 1);
	for (size_t i = 0; i < k->n; i++) {
		const struct kept_line *line = &k->line[i];

		if (i == 0 || strcmp(line->section, line[-1].section) != 0) {
			to = append(to, i ? "\n[" : "[");
			to = append(to, line->section);
			to = append(to, "]\n");
		}
		to = append(to, line->key);
		to = append(to, " = ");
		to = append(to, line->value);
		to = append(to, "\n");
	}
	*to = '\0';
	return text;
}

void kept_encode(struct text t, const char *numbers, char *out, size_t size)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t n = 0;

	for (size_t i = 0; i < t.n && n + 4 <= size; i++) {
		const unsigned char c = (unsigned char)t.s[i];

		if (c >= ' ' && c != 0x7f && c != '%' && !strchr(numbers, c)) {
			out[n++] = (char)c;
			continue;
		}
		out[n++] = '%';
		out[n++] = hex[c >> 4];
		out[n++] = hex[c & 15];
	}
	out[n] = '\0';
}

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

void kept_decode(struct text t, char *out, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < t.n && n + 1 < size; i++) {
		int high = t.s[i] == '%' && i + 2 < t.n ? digit(t.s[i + 1]) : -1;
		int low = high >= 0 ? digit(t.s[i + 2]) : -1;

		out[n++] = low >= 0 ? (char)(high * 16 + low) : t.s[i];
		i += low >= 0 ? 2 : 0;
	}
	out[n] = '\0';
}

bool kept_book(const char *path, char key[KEPT_BOOK_MAX])
{
	if (!path || path[0] != '/' || 3 * strlen(path) >= KEPT_BOOK_MAX)
		return false;
	kept_encode(text_of(path), KEPT_KEY, key, KEPT_BOOK_MAX);
	return true;
}

const char *kept_find(const struct kept *k, const char *section, const char *key)
{
	const size_t i = find(k, section, key);

	return i < k->n ? k->line[i].value : NULL;
}

const char *kept_get(const struct app *a, const char *section, const char *key)
{
	return kept_find(&a->kept, section, key);
}

const struct kept_line *kept_at(const struct app *a, const char *section, size_t i)
{
	for (size_t k = 0; k < a->kept.n; k++)
		if (strcmp(a->kept.line[k].section, section) == 0 && i-- == 0)
			return &a->kept.line[k];
	return NULL;
}

static bool is_line(const char *s, const char *without)
{
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f || strchr(without, *s))
			return false;
	return true;
}

bool kept_fits(const char *value)
{
	return is_line(value, "");
}

void kept_set(struct app *a, const char *section, const char *key, const char *value)
{
	struct kept *k = &a->kept;

	if (!*key || !is_line(key, "=[]"))
		return;
	if (value && !kept_fits(value))
		value = NULL;
	if (!put(k, section, key, value))
		return;
	k->set = mem_resize(k->set, k->sets + 1, sizeof(*k->set));
	k->set[k->sets++] = (struct kept_line){ copy(text_of(section)),
		copy(text_of(key)), value ? copy(text_of(value)) : NULL };
}

/* What others kept meanwhile, with what was set here. */
static char *merge(struct app *a)
{
	char *others = a->host->kept_again ? a->host->kept_again(a->host->ctx) : NULL;
	struct kept now;
	char *text;

	if (!others)
		return write_text(&a->kept);
	kept_init(&now, others);
	for (size_t i = 0; i < a->kept.sets; i++)
		put(&now, a->kept.set[i].section, a->kept.set[i].key,
			a->kept.set[i].value);
	text = write_text(&now);
	kept_clear(&now);
	free(others);
	return text;
}

bool kept_write(struct app *a)
{
	struct err e = { .status = ST_OK };
	char *text;

	if (a->kept.sets == 0)
		return false;
	if (a->host->keep) {
		text = merge(a);
		if (a->host->keep(a->host->ctx, text, &e) != ST_OK)
			app_fail(a, &e);
		free(text);
	}
	forget_sets(&a->kept);
	return e.status != ST_OK;
}
