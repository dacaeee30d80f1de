/* What the screens look like: every scene in every size the console is made for, and
 * whatever a key or a command leads to is among the scenes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/sanitized.h"
#include "tests/support/scenes.h"
#include "tui/actions.h"

enum { FACES = 256, FACE_SIZE = 64, LINES = 16 };

static const struct {
	int rows, columns;
} sizes[] = { { 15, 60 }, { 60, 200 }, { 24, 80 }, { 40, 120 } };
enum { SIZES = sizeof(sizes) / sizeof(*sizes), EXTREMES = 2 };

/* Pictures are the same with sanitizers, which look at memory: there the smallest and the
 * largest size are enough. */
static size_t sizes_seen(void)
{
	return sanitized() ? EXTREMES : SIZES;
}

/* ---- goldens -------------------------------------------------------------------- */

struct picture {
	struct tui *t;
	const char *dump;
};

/* The work is looked at, and stopped. */
static bool take(void *arg)
{
	struct picture *p = arg;

	p->dump = scene_dump(p->t);
	return false;
}

/* Borrowed until the teardown. */
static const char *picture_of(const struct scene *s, int rows, int columns)
{
	struct picture p = { .t = scene_open(s, rows, columns) };

	if (s->working)
		tui_pump(p.t, take, &p);
	scene_feed(p.t, s->keys);
	if (!s->working)
		p.dump = scene_dump(p.t);
	tui_free(&p.t);
	return p.dump;
}

static void test_goldens(void **state)
{
	(void)state;
	for (const struct scene *s = scenes; s->name; s++) {
		for (size_t k = 0; k < sizes_seen(); k++) {
			char name[96];

			snprintf(name, sizeof(name), "%s-%dx%d", s->name,
				sizes[k].columns, sizes[k].rows);
			screen_golden(
				name, picture_of(s, sizes[k].rows, sizes[k].columns));
		}
	}
}

/* ---- is there one of everything? ------------------------------------------------ */

/* Faces: a screen, and the title of the popup where one lies on top; of a question also
 * its first word. */
struct faces {
	char name[FACES][FACE_SIZE];
	const struct scene *scene[FACES]; /* the first one that shows it */
	int n;
};

/* What stands after the mark, where it stands last; n 0: nowhere. */
static struct text after_last(const char *dump, const char *mark, const char *end)
{
	struct text found = { "", 0 };

	for (const char *at = strstr(dump, mark); at; at = strstr(at + 1, mark)) {
		const char *to = strstr(at + strlen(mark), end);

		if (to)
			found = (struct text){ at + strlen(mark),
				(size_t)(to - at) - strlen(mark) };
	}
	return found;
}

static void face_of(struct tui *t, char out[FACE_SIZE])
{
	const struct screen_def *def = screen_def(tui_screen(t));
	const char *dump = scene_dump(t);
	struct text title = { "", 0 };

	/* Plays are the same, whosever they are. */
	if (def->kind == SCREEN_POPUP && tui_screen(t) != SCREEN_PLAYS)
		title = after_last(dump, "┌─ ", " ─");
	snprintf(out, FACE_SIZE, "%s %.*s", def->title, (int)title.n, title.s);
	if (tui_screen(t) == SCREEN_CONFIRM) {
		const char *line = strchr(title.s, '\n');

		line = strstr(line, "│ ") + strlen("│ ");
		snprintf(out, FACE_SIZE, "%s %.*s", def->title, (int)strcspn(line, " "),
			line);
	}
}

static int face_find(const struct faces *f, const char *name)
{
	for (int i = 0; i < f->n; i++)
		if (strcmp(f->name[i], name) == 0)
			return i;
	return -1;
}

static void gather(struct faces *f)
{
	for (const struct scene *s = scenes; s->name; s++) {
		struct tui *t = scene_open(s, 24, 80);
		char name[FACE_SIZE];

		scene_feed(t, s->keys);
		face_of(t, name);
		if (face_find(f, name) < 0 && !s->working) {
			assert_true(f->n < FACES);
			memcpy(f->name[f->n], name, FACE_SIZE);
			f->scene[f->n++] = s;
		}
		tui_free(&t);
	}
}

/* Which screens a key led to, and whether all of it is known. */
struct walk {
	const struct faces *known;
	bool reached[SCREEN_COUNT];
	int unknown;
};

static void step(struct walk *w, const struct scene *from, const char *keys)
{
	struct tui *t = scene_open(from, 24, 80);
	char name[FACE_SIZE];

	scene_feed(t, from->keys);
	scene_feed(t, keys);
	if (!tui_done(t)) {
		face_of(t, name);
		w->reached[tui_screen(t)] = true;
		if (face_find(w->known, name) < 0) {
			print_error("no scene shows \"%s\": %s, then %s\n", name,
				from->name, keys);
			w->unknown++;
		}
	}
	tui_free(&t);
}

static bool has_key(enum action action)
{
	const struct binding *b;
	const int n = keys_bindings(&b);

	for (int i = 0; i < n; i++)
		if (b[i].action == action)
			return true;
	return false;
}

/* What the last key does further on. */
static void step_along(
	struct walk *w, const struct scene *from, const char *along, const char *last)
{
	char keys[LINES * 8] = "";

	for (int i = 0; i < LINES; i++) {
		const size_t n = strlen(keys);

		snprintf(keys + n, sizeof(keys) - n, "%s", last);
		step(w, from, keys);
		snprintf(keys + n, sizeof(keys) - n, "%s ", along);
	}
}

/* Every key that means something there, and every command that has none. */
static void step_everywhere(struct walk *w, const struct scene *from, enum scope scope)
{
	const struct binding *b;
	const int n = keys_bindings(&b);
	char keys[96];

	for (int i = 0; i < n; i++)
		if (keys_within(scope, b[i].scope))
			step(w, from, b[i].text);
	for (int i = 1; i < ACT_COUNT && keys_text(scope, ACT_PALETTE); i++) {
		const struct action_def *def = action_def((enum action)i);

		if (has_key((enum action)i) || (def->flags & ACTION_HIDDEN))
			continue;
		snprintf(keys, sizeof(keys), "%s '%s' Enter",
			keys_text(scope, ACT_PALETTE), def->title);
		step(w, from, keys);
	}
}

static enum scope scope_of(const struct scene *s)
{
	struct tui *t = scene_open(s, 24, 80);
	enum screen_id id;

	scene_feed(t, s->keys);
	id = tui_screen(t);
	tui_free(&t);
	return screen_def(id)->scope;
}

static bool chooses(enum scope scope)
{
	const enum action enter = keys_find(scope, KEY_ENTER_);

	return enter == ACT_CHOOSE || enter == ACT_ITEM_OPEN || enter == ACT_OPTION_NEXT;
}

static void test_all_is_seen(void **state)
{
	static struct faces faces;
	struct walk w = { .known = &faces };

	(void)state;
	if (sanitized()) {
		print_message("skipped: what there is, is the same with sanitizers; keys "
			      "are pressed there by test_monkey\n");
		skip();
	}
	gather(&faces);
	for (int i = 0; i < faces.n; i++)
		step_everywhere(&w, faces.scene[i], scope_of(faces.scene[i]));
	for (const struct scene *s = scenes; s->name; s++)
		if (chooses(scope_of(s)))
			step_along(&w, s, "Down", "Enter");
	step_along(&w, scenes, "Right", "=");
	for (int i = 0; i < SCREEN_COUNT; i++)
		if (!w.reached[i]) {
			print_error("no key led to %s\n",
				screen_def((enum screen_id)i)->title);
			w.unknown++;
		}
	assert_int_equal(w.unknown, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_goldens),
		cmocka_unit_test(test_all_is_seen),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
