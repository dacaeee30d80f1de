/* Plays of any bytes are sound or refused with a reason; and whatever the values are,
 * what a template becomes is a text without controls. The bytes are a whole play, the
 * template of one that is sound, and values. */
#include "core/play.h"

#include <string.h>

#include "tests/support/fuzz.h"

static const char head[] = "[play]\nname = x\ntitle = T\ntiers = 1\nversion = 1\n"
			   "stage = risk\ndriver = ease\npurpose = value\n"
			   "touch = one-to-one\ntrigger = Now.\n[step.1]\ntitle = S\n"
			   "owner = csm\nkind = call\ndue = 0\n[template]\nsubject = ";

static bool is_line(const char *s)
{
	return s && *s && !strchr(s, '\n');
}

/* What comes out of play_parse can be relied on. */
static void check_play(const struct play *p)
{
	REQUIRE(play_name_valid(text_of(p->name)));
	REQUIRE(is_line(p->title) && is_line(p->trigger));
	REQUIRE(p->tiers && (p->tiers & ~0xEu) == 0 && p->alerts >> ALERT_KINDS == 0);
	REQUIRE(p->version >= 1 && p->health_min >= 0 && p->health_min <= 100);
	REQUIRE(p->gates >> PLAY_GATES == 0);
	REQUIRE(p->steps >= 1 && p->steps <= PLAY_STEPS_MAX);
	for (int k = 0; k < p->steps; k++) {
		REQUIRE(is_line(p->step[k].title) && p->step[k].due <= PLAY_DUE_MAX);
		REQUIRE(p->step[k].due >= (k ? p->step[k - 1].due : 0));
		REQUIRE(p->step[k].owner < PLAY_OWNERS);
		REQUIRE(p->step[k].kind < PLAY_STEP_KINDS);
		REQUIRE(!p->step[k].subject == !p->step[k].body);
		REQUIRE(!p->step[k].subject || is_line(p->step[k].subject));
	}
	REQUIRE(!p->subject == !p->body && (!p->subject || is_line(p->subject)));
}

static size_t check_text(const char *s)
{
	const struct text t = text_of(s);
	size_t lines = 0;

	REQUIRE(s && text_invalid_at(t) == t.n);
	for (size_t i = 0; i < t.n; i++) {
		const unsigned char c = (unsigned char)s[i];

		lines += c == '\n';
		REQUIRE((c >= ' ' || c == '\n') && c != 0x7F);
		REQUIRE(c != 0xC2 || (unsigned char)s[i + 1] >= 0xA0);
	}
	return lines;
}

static void check_file(const char *bytes, size_t n, struct arena *a)
{
	struct play_values none = { 0 };
	struct err e = { .status = ST_OK };
	struct play p;
	const enum status st = play_parse(bytes, n, "f", a, &p, &e);

	if (st != ST_OK) {
		REQUIRE(st == ST_INVALID && strncmp(e.text, "f:", 2) == 0);
		return;
	}
	check_play(&p);
	if (p.subject) {
		const char *subject = play_render(text_of(p.subject), &none, a);

		REQUIRE(check_text(subject) == 0 && !strchr(subject, '{'));
		check_text(play_render(text_of(p.body), &none, a));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char bytes[2048];
	struct play_values v = { 0 };
	struct arena a;

	if (size + sizeof(head) + 32 > sizeof(bytes))
		return 0;
	const struct text t = { (const char *)data, size };

	arena_init(&a);
	if (t.n)
		memcpy(bytes, t.s, t.n);
	bytes[t.n] = '\0';
	check_file(bytes, t.n, &a);
	memcpy(bytes, head, sizeof(head) - 1);
	if (t.n)
		memcpy(bytes + sizeof(head) - 1, t.s, t.n);
	memcpy(bytes + sizeof(head) - 1 + t.n, "\nline = a", sizeof("\nline = a"));
	check_file(bytes, strlen(head) + t.n + strlen("\nline = a"), &a);
	for (int w = 0; w < PLAY_WORDS; w++)
		v.value[w] = t;
	REQUIRE(check_text(play_render(TEXT("{account}\n{why}{contact}\n"), &v, &a)) ==
		2);
	arena_clear(&a);
	return 0;
}
