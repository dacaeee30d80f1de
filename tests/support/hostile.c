#include "tests/support/hostile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As they are. */
static const char *const plain[] = {
	"\033[31mred\033[0m",
	"\033[2J\033[H",
	"\033[1;1Hx",
	"\033[6n",
	"\033[5n",
	"\033[c",
	"\033[>c",
	"\033[21t",
	"\033[8;1;1t",
	"\033[?1049l",
	"\033[?25l",
	"\033[?2004h",
	"\033[?1000h",
	"\033[?1003h",
	"\033[4h",
	"\033[20h",
	"\033[3J",
	"\033[K",
	"\033[1K",
	"\033[10L",
	"\033[10M",
	"\033[10P",
	"\033[10@",
	"\033[5S",
	"\033[5T",
	"\033[1;3r",
	"\033[s\033[u",
	"\033[!p",
	"\033[0;37;40m",
	"\033[38;2;1;2;3m",
	"\033[8mhidden",
	"\033c",
	"\0337\0338",
	"\033D",
	"\033M",
	"\033E",
	"\033H",
	"\033Z",
	"\033=",
	"\033>",
	"\033(0lqqk\033(B",
	"\033)0\016x\017",
	"\033#8",
	"\033 F",
	"\033N\033O",
	"\033%G",
	"\033",
	"x\033",
	"\033\033\033",
	"\033[",
	"\033]",
	"\033P",
	"\033_",
	"\033^",
	"\033X",
	"[31mhalf",
	"]0;half\007",
	"2Jhalf",
	"\r\nforged row",
	"\rover",
	"a\b\b\bxyz",
	"\tb\tc",
	"bell\007bell",
	"\v\f",
	"\016\017",
	"del\177ete",
	"nine\n\n\n\nlines",
	"%n%n%n%n",
	"%s%s%s",
	"%1$n",
	"%99999d",
	"%.*s",
	"%ls",
	"100%",
	"{0}",
	"'; DROP TABLE account; --",
	"\" OR 1=1 --",
	"1; VACUUM",
	"Robert');--",
	"NULL",
	"../../../../etc/passwd",
	"/dev/null",
	"~root",
	"$(id)",
	"`id`",
	"; id",
	"| id",
	"&& id",
	"file:///etc/passwd",
	"=1+1",
	"+1",
	"-1",
	"@SUM(A1)",
	"=cmd|' /C x'!A0",
	"<script>x</script>",
	"&lt;",
	"\\x1b[31m",
	"\\033[31m",
	"\"quoted\"",
	"a,b;c|d",
	"'",
	"\"",
	"\\",
	"--",
	"true",
	"0",
	"NaN",
	"1e999",
	"2026-13-45",
	"tier:1",
	"-csm:x",
	"\xED\xA0\x80",
	"\xED\xBF\xBF",
	"\xC0\x80",
	"\xE0\x80\x80",
	"\xF0\x80\x80\x80",
	"\xF5\x80\x80\x80",
	"\xF4\x90\x80\x80",
	"\xE2\x82",
	"\xF0\x9F\x98",
	"\xFF\xFE",
	"\xFE",
	"caf\xE9",
	"\xC3",
	"\x80\x80\x80",
	"\xC3\x28",
	"z\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC"
	"\x81"
	"\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC"
	"\x81",
	"\xCC\x81 alone",
	"株式会社さくら",
	"ｆｕｌｌ",
	"한국전자",
	"가각",
	"👨‍👩‍👧‍👦",
	"👩🏽‍💻",
	"🇩🇪🇫🇷",
	"1️⃣",
	"☎️",
	"⚠ ✅",
	"שלום עולם",
	"مرحبا بالعالم",
	"İıŞ",
	"é",
	"é",
	"नमस्ते",
	"ไทยกี่",
	"Z̡̢̛͛",
	"ﷺ",
	"𝔘𝔫𝔦",
	"⠿⣿",
	"│┃║",
	"…",
	"█▄▀",
	"﻿bom",
	"soft­hyphen",
};

/* In front of these what a terminal takes commands by, behind them what ends one. */
static const char *const commands[] = { "0;owned", "2;owned", "8;;http://x/", "50;font",
	"52;c;aGk=", "4;1;#ff0000", "10;?", "1337;File=:x", "$q\"p", "+q544e",
	"Gf=24,a=q", "tmux;\033" };
static const char *const begins[] = { "\033]", "\033P", "\033_", "\302\235", "\235" };
static const char *const ends[] = { "\007", "\033\\" };

/* Once in a text of its own, each. */
static const int32_t codes[] = { 0x061c, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028,
	0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2060, 0x2061, 0x2064, 0x2066,
	0x2067, 0x2068, 0x2069, 0xfeff, 0x180e, 0x034f, 0x115f, 0x3164, 0xfff9, 0xfffb,
	0xfe00, 0xfe0f, 0xe0001, 0xe0041, 0xe007f, 0xe0100, 0xfffe, 0xffff, 0xfdd0,
	0x1fffe, 0x10ffff, 0xe000, 0xf0000, 0x0378, 0x85, 0x90, 0x9b, 0x9c, 0x9d, 0x9e,
	0x9f, 0x80, 0x84, 0x8d, 0x8e };

/* As long as can be: how it begins, and what follows again and again. */
static const char *const rows[][2] = { { "\033[", "3" }, { "\033]0;", "x" },
	{ "\033P", "q" }, { "\033_G", "A" }, { "\302\235", "52;" }, { "\235", "c" },
	{ "", "\033[31m " }, { "", "\r " }, { "", "\n " }, { "", "\302\233 " },
	{ "", "\233 " }, { "", "\342\200\256 " }, { "", "株" }, { "", "a" },
	{ "a", "\xCC\x81" }, { "", "%n" }, { "", "👨‍👩‍👧 " } };

enum { TWIN_WIDEST = 24 };

#define COUNT(a) ((int)(sizeof(a) / sizeof(*(a))))

static struct text kept(struct arena *a, const char *s, size_t n)
{
	const char *copy = arena_copy(a, s, n);

	if (!copy)
		abort();
	return (struct text){ copy, n };
}

static struct text repeated(const char *const row[2], struct arena *a)
{
	char all[HOSTILE_LONGEST];
	const size_t n = strlen(row[1]);
	size_t at = strlen(row[0]);

	memcpy(all, row[0], at);
	for (; at + n <= sizeof(all); at += n)
		memcpy(all + at, row[1], n);
	return kept(a, all, at);
}

struct text hostile_text(int i, struct arena *a)
{
	char s[64] = "a_b";
	int n = 0;

	if (i < COUNT(plain))
		return kept(a, plain[i], strlen(plain[i]));
	i -= COUNT(plain);
	if (i < COUNT(rows))
		return repeated(rows[i], a);
	i -= COUNT(rows);
	if (i < COUNT(codes)) {
		n = 1 + (int)text_encode(codes[i], s + 1);
		s[n++] = 'b';
		return kept(a, s, (size_t)n);
	}
	i -= COUNT(codes);
	n = snprintf(s, sizeof(s), "%s%s%s", begins[i % COUNT(begins)],
		commands[i / COUNT(begins) % COUNT(commands)], ends[i % COUNT(ends)]);
	return kept(a, s, (size_t)n);
}

/* Columns of the widest word. */
static int widest(struct text t)
{
	int widest = 0;

	while (t.n > 0) {
		const char *blank = memchr(t.s, ' ', t.n);
		const size_t n = blank ? (size_t)(blank - t.s) : t.n;
		const int columns = text_columns((struct text){ t.s, n });

		widest = columns > widest ? columns : widest;
		t.s += n + (blank != NULL);
		t.n -= n + (blank != NULL);
	}
	return widest;
}

/* Of what has no line ends in it. */
static size_t put_twin(struct text t, char *out, size_t room, struct arena *a)
{
	char *clean = arena_alloc(a, room);
	struct text rest;
	size_t used = 0;

	if (!clean)
		abort();
	text_sanitise(t, clean, room, (int)room, false);
	for (rest = text_of(clean); rest.n > 0;) {
		int columns;
		const size_t n = text_cluster(rest, &columns);
		const char *s = n == 1         ? rest.s
				: columns == 2 ? HOSTILE_WIDE
					       : HOSTILE_NARROW;
		const size_t bytes = n == 1 ? 1 : strlen(s);

		memcpy(out + used, s, bytes);
		used += bytes;
		rest.s += n;
		rest.n -= n;
	}
	return used;
}

struct text hostile_twin(struct text t, struct arena *a)
{
	const size_t room = 12 * t.n + 64;
	char *out = arena_alloc(a, room);
	size_t used = 0;

	if (!out)
		abort();
	if (t.n >= HOSTILE_LONGEST / 2 || widest(t) > TWIN_WIDEST)
		return t;
	while (t.n > 0) {
		const char *end = memchr(t.s, '\n', t.n);
		size_t n = end ? (size_t)(end - t.s) : t.n;

		n -= end && n > 0 && end[-1] == '\r';
		used += put_twin((struct text){ t.s, n }, out + used, room - used, a);
		t.s += n;
		t.n -= n;
		for (; end && t.s <= end; t.s++, t.n--)
			out[used++] = *t.s;
	}
	return (struct text){ out, used };
}

size_t hostile_listed(struct buffer *file, struct text *out, size_t most)
{
	const char *root = getenv("TIERDESK_SHARED");
	char path[4096];
	size_t n = 0;

	snprintf(path, sizeof(path), "%s/data/nasty_csv/blns/blns.txt", root ? root : "");
	if (!root || !buffer_read_file(file, path))
		return 0;
	for (size_t at = 0; at < file->n && n < most;) {
		const struct text t = { file->s + at, strcspn(file->s + at, "\n") };
		bool fresh = t.n > 0 && text_invalid_at(t) == t.n;

		for (size_t i = 0; fresh && i < n; i++)
			fresh = !text_eq(out[i], t);
		if (fresh)
			out[n++] = t;
		at += t.n + 1;
	}
	return n;
}
