/* Themes: what can be read, told apart and set by a person. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tui/settings.h"

static void test_looks(void **state)
{
	static const struct {
		const char *text;
		struct look look;
		const char *again; /* NULL: no look */
	} cases[] = {
		{ "196 bold", { 196, -1, LOOK_BOLD }, "196 bold" },
		{ "default", { -1, -1, 0 }, "default" },
		{ " 0  on 255 ", { 0, 255, 0 }, "0 on 255" },
		{ "reverse underline bold",
			{ -1, -1, LOOK_BOLD | LOOK_UNDERLINE | LOOK_REVERSE },
			"default bold underline reverse" },
		{ "default on 24", { -1, 24, 0 }, "default on 24" },
		{ "", { 0, 0, 0 }, NULL },
		{ "red", { 0, 0, 0 }, NULL },
		{ "256", { 0, 0, 0 }, NULL },
		{ "-1", { 0, 0, 0 }, NULL },
		{ "on", { 0, 0, 0 }, NULL },
		{ "1 on", { 0, 0, 0 }, NULL },
		{ "1 2", { 0, 0, 0 }, NULL },
		{ "1 on 2 3", { 0, 0, 0 }, NULL },
		{ "1 on 2 on 3", { 0, 0, 0 }, NULL },
	};
	char text[SETTING_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct look look;
		bool good = theme_parse_look(text_of(cases[i].text), &look);

		assert_int_equal(good, cases[i].again != NULL);
		if (!good)
			continue;
		assert_memory_equal(&look, &cases[i].look, sizeof(look));
		assert_string_equal(settings_look(look, text), cases[i].again);
	}
	for (int i = 0; i < ROLE_COUNT; i++)
		assert_int_equal(
			theme_role_by_name(text_of(theme_role_name((enum role)i))), i);
}

/* A colour that the terminal does not have leaves the theme's; attributes hold. */
static void test_own_looks(void **state)
{
	const struct theme_own own = { true, { 196, -1, LOOK_BOLD } };
	const struct theme_own unset = { false, { 1, 1, 1 } };
	struct look look = { 3, -1, 0 };

	(void)state;
	assert_int_equal(theme_or_own(look, &own, 256).fg, 196);
	assert_int_equal(theme_or_own(look, &own, 16).fg, 3);
	assert_int_equal(theme_or_own(look, &own, 16).attributes, LOOK_BOLD);
	assert_int_equal(theme_or_own(look, &own, 0).attributes, LOOK_BOLD);
	assert_int_equal(theme_or_own(look, &unset, 256).fg, 3);
}

struct light {
	double r, g, b; /* linear, 0..1 */
};

static double linear(unsigned v)
{
	double c = (double)(v & 255) / 255;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static struct light light_of(int colour)
{
	unsigned rgb = theme_rgb(colour);

	return (struct light){ linear(rgb >> 16), linear(rgb >> 8), linear(rgb) };
}

static double luminance(int colour)
{
	struct light l = light_of(colour);

	return 0.2126 * l.r + 0.7152 * l.g + 0.0722 * l.b;
}

/* As WCAG has it: 1 to 21. */
static double contrast(int a, int b)
{
	double x = luminance(a), y = luminance(b);

	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

enum { BLACK = 16, NEAR_BLACK = 234, WHITE = 231, NEAR_WHITE = 255 };

/* Lines, tracks and dots are seen, not read. */
static bool is_read(enum role role)
{
	return role != ROLE_TRACK && role != ROLE_LINE &&
	       !(role >= ROLE_TIER1_FEW && role <= ROLE_TIER3_MANY);
}

static void test_contrasts(void **state)
{
	static const struct {
		enum theme theme;
		int backgrounds[2];
		double least;
	} cases[] = {
		{ THEME_AUTO, { BLACK, WHITE }, 4.5 },
		{ THEME_DARK, { BLACK, NEAR_BLACK }, 4.5 },
		{ THEME_LIGHT, { WHITE, NEAR_WHITE }, 4.5 },
		{ THEME_CONTRAST, { BLACK, BLACK }, 7 },
		{ THEME_BLIND, { BLACK, BLACK }, 4.5 },
	};

	(void)state;
	assert_true(fabs(contrast(BLACK, WHITE) - 21) < 1e-9);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		for (int r = 0; r < ROLE_COUNT; r++) {
			struct look look = theme_look((enum role)r, cases[i].theme, 256);
			bool own = cases[i].theme == THEME_CONTRAST ||
				   cases[i].theme == THEME_BLIND;

			/* A background of its own is on every cell. */
			assert_true(!own || (look.fg >= 0 && look.bg >= 0));
			for (int k = 0; k < 2 && look.fg >= 0 && is_read((enum role)r);
				k++) {
				int bg = look.bg >= 0 ? look.bg : cases[i].backgrounds[k];

				if (contrast(look.fg, bg) < cases[i].least)
					fail_msg("theme %d, %s: %.2f", cases[i].theme,
						theme_role_name((enum role)r),
						contrast(look.fg, bg));
			}
		}
	}
}

/* What an eye sees that lacks one kind of cone (Vienot, Brettel and Mollon, 1999). */
static struct light seen(struct light l, int lacks)
{
	static const double m[3][3] = { { 1, 0, 0 }, { 0.11238, 0.88762, -0.00401 },
		{ 0.29275, 0.70725, -0.02234 } };
	double mixed = m[lacks][0] * l.r + m[lacks][1] * l.g;

	if (lacks == 0)
		return l;
	return (struct light){ mixed, mixed, m[lacks][2] * (l.g - l.r) * -1 + l.b };
}

static double root(double t)
{
	t = t < 0 ? 0 : t;
	return t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116;
}

/* Distance in CIELAB as the eye sees both. */
static double distance(int a, int b, int lacks)
{
	double lab[2][3];

	for (int i = 0; i < 2; i++) {
		struct light l = seen(light_of(i ? b : a), lacks);
		double x = root((0.4124 * l.r + 0.3576 * l.g + 0.1805 * l.b) / 0.9505);
		double y = root(0.2126 * l.r + 0.7152 * l.g + 0.0722 * l.b);
		double z = root((0.0193 * l.r + 0.1192 * l.g + 0.9505 * l.b) / 1.089);

		lab[i][0] = 116 * y - 16;
		lab[i][1] = 500 * (x - y);
		lab[i][2] = 200 * (y - z);
	}
	return sqrt(pow(lab[0][0] - lab[1][0], 2) + pow(lab[0][1] - lab[1][1], 2) +
		    pow(lab[0][2] - lab[1][2], 2));
}

static void test_colour_blind(void **state)
{
	static const enum role sets[2][3] = { { ROLE_GOOD, ROLE_WATCH, ROLE_BAD },
		{ ROLE_TIER1, ROLE_TIER2, ROLE_TIER3 } };
	static const struct {
		enum theme theme;
		double least;
	} cases[] = { { THEME_AUTO, 20 }, { THEME_DARK, 20 }, { THEME_LIGHT, 20 },
		{ THEME_CONTRAST, 20 }, { THEME_BLIND, 45 } };

	(void)state;
	/* Red and green are what such eyes confuse. */
	assert_true(distance(1, 2, 0) > 100);
	assert_true(distance(160, 64, 2) < distance(160, 64, 0) / 2);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		for (int k = 0; k < 6; k++) {
			enum role a = sets[k / 3][k % 3], b = sets[k / 3][(k + 1) % 3];
			int x = theme_look(a, cases[i].theme, 256).fg;
			int y = theme_look(b, cases[i].theme, 256).fg;

			for (int lacks = 0; lacks < 3; lacks++)
				if (distance(x, y, lacks) < cases[i].least)
					fail_msg("theme %d, %s and %s: %.1f",
						cases[i].theme, theme_role_name(a),
						theme_role_name(b),
						distance(x, y, lacks));
		}
	}
}

/* Without colours, what warns and what is focused still stands out. */
static void test_mono(void **state)
{
	(void)state;
	for (int i = 0; i < ROLE_COUNT; i++) {
		struct look look = theme_look((enum role)i, THEME_MONO, 256);

		assert_int_equal(look.fg, -1);
		assert_int_equal(look.bg, -1);
		assert_int_equal(look.attributes,
			theme_look((enum role)i, THEME_AUTO, 0).attributes);
	}
	for (int i = 0; i < 3; i++) {
		static const enum role set[] = { ROLE_GOOD, ROLE_WATCH, ROLE_BAD };

		assert_int_not_equal(theme_look(set[i], THEME_MONO, 0).attributes,
			theme_look(set[(i + 1) % 3], THEME_MONO, 0).attributes);
	}
	assert_true(theme_focus(ROLE_BAD, THEME_MONO, 256).attributes & LOOK_REVERSE);
	assert_true(theme_focus(ROLE_BAD, THEME_MONO, 256).attributes & LOOK_BOLD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_looks),
		cmocka_unit_test(test_own_looks),
		cmocka_unit_test(test_contrasts),
		cmocka_unit_test(test_colour_blind),
		cmocka_unit_test(test_mono),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
