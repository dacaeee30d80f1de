#include "tui/theme.h"

#include <string.h>

enum { BOLD = LOOK_BOLD, REVERSE = LOOK_REVERSE, UNDERLINE = LOOK_UNDERLINE };

static const struct {
	const char *name;
	char letter;
	unsigned mono;
	struct look sixteen, any, dark, light, contrast, blind;
} roles[ROLE_COUNT] = {
#define ROLE(id, letter, mono, fg, bg, attr, any, any_bg, dark, dark_bg, light,    \
	light_bg, contrast, contrast_bg, blind, blind_bg)                          \
	{ #id, letter, mono, { fg, bg, attr }, { any, any_bg, (attr) & ~REVERSE }, \
		{ dark, dark_bg, (attr) & ~REVERSE },                              \
		{ light, light_bg, (attr) & ~REVERSE },                            \
		{ contrast, contrast_bg, (mono) & ~REVERSE },                      \
		{ blind, blind_bg, (mono) & ~REVERSE } },
#include "tui/roles.def"
};

/* On a background of its own, as the themes of 256 colours that have one. */
static struct look on_black(struct look look, unsigned mono)
{
	look.fg = look.fg < 0 ? 7 : look.fg;
	look.bg = 0;
	look.attributes |= mono;
	return look;
}

struct look theme_look(enum role role, enum theme theme, int colours)
{
	struct look look = { -1, -1, roles[role].mono };
	bool own = theme == THEME_CONTRAST || theme == THEME_BLIND;

	if (theme == THEME_MONO || colours < 8)
		return look;
	if (colours < 256)
		return own ? on_black(roles[role].sixteen, roles[role].mono)
			   : roles[role].sixteen;
	switch (theme) {
	case THEME_DARK:
		return roles[role].dark;
	case THEME_LIGHT:
		return roles[role].light;
	case THEME_CONTRAST:
		return roles[role].contrast;
	case THEME_BLIND:
		return roles[role].blind;
	default:
		return roles[role].any;
	}
}

/* One colour for the whole bar, whatever lies on it: drawn in one go, a step of the
 * cursor costs a third of the bytes. */
struct look theme_focus(enum role role, enum theme theme, int colours)
{
	struct look focus = theme_look(ROLE_FOCUS, theme, colours);

	if (theme == THEME_MONO || colours < 256)
		focus.attributes |= theme_look(role, theme, colours).attributes &
				    (LOOK_BOLD | LOOK_UNDERLINE);
	return focus;
}

struct look theme_or_own(struct look look, const struct theme_own *own, int colours)
{
	if (!own->set)
		return look;
	if (own->look.fg >= colours || own->look.bg >= colours)
		look.attributes = own->look.attributes;
	else
		look = own->look;
	return look;
}

static bool parse_colour(struct text t, int *out)
{
	int n = 0;

	if (text_eq(t, TEXT("default"))) {
		*out = -1;
		return true;
	}
	for (size_t i = 0; i < t.n; i++) {
		if (t.s[i] < '0' || t.s[i] > '9' || n > 255)
			return false;
		n = n * 10 + t.s[i] - '0';
	}
	*out = n;
	return t.n > 0 && n <= 255;
}

static bool parse_attribute(struct text t, unsigned *out)
{
	static const struct {
		const char *name;
		unsigned attribute;
	} names[] = { { "bold", BOLD }, { "reverse", REVERSE },
		{ "underline", UNDERLINE } };

	for (int i = 0; i < 3; i++) {
		if (text_eq(t, text_of(names[i].name))) {
			*out |= names[i].attribute;
			return true;
		}
	}
	return false;
}

bool theme_parse_look(struct text t, struct look *out)
{
	/* What may come next: a colour, "on", the colour behind it, or neither. */
	enum { FORE, ON, BACK, NEITHER } next = FORE;

	*out = (struct look){ -1, -1, 0 };
	t = text_trim(t);
	if (t.n == 0)
		return false;
	for (; t.n > 0; t = text_trim(t)) {
		size_t n = 0;
		struct text word;

		while (n < t.n && t.s[n] != ' ' && t.s[n] != '\t')
			n++;
		word = (struct text){ t.s, n };
		t = (struct text){ t.s + n, t.n - n };
		if (next != BACK && parse_attribute(word, &out->attributes))
			continue;
		if (next == FORE && parse_colour(word, &out->fg))
			next = ON;
		else if (next <= ON && text_eq(word, TEXT("on")))
			next = BACK;
		else if (next == BACK && parse_colour(word, &out->bg))
			next = NEITHER;
		else
			return false;
	}
	return next != BACK;
}

unsigned theme_rgb(int colour)
{
	static const unsigned first[] = { 0x000000, 0xcd0000, 0x00cd00, 0xcdcd00,
		0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00,
		0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff };
	static const unsigned level[] = { 0, 95, 135, 175, 215, 255 };
	unsigned n = (unsigned)colour;

	if (n < 16)
		return first[n];
	if (n >= 232)
		return (8 + 10 * (n - 232)) * 0x010101;
	n -= 16;
	return level[n / 36] << 16 | level[n / 6 % 6] << 8 | level[n % 6];
}

const char *theme_role_name(enum role role)
{
	return roles[role].name;
}

char theme_role_letter(enum role role)
{
	return roles[role].letter;
}

enum role theme_role_by_name(struct text name)
{
	int i = 0;

	while (i < ROLE_COUNT && !text_ieq(name, text_of(roles[i].name)))
		i++;
	return (enum role)i;
}
