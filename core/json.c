/* JSON writer: values and commas; what a string may not show goes out escaped. */
#include "core/json.h"

#include <assert.h>
#include <stdio.h>

#include "core/day.h"
#include "core/money.h"

void json_init(struct json *j, out_sink sink, void *arg)
{
	out_init(&j->out, sink, arg);
	j->depth = 0;
	j->key_pending = false;
}

/* Every value and key begins here: a comma unless it is the first of its kind. */
static void begin_item(struct json *j)
{
	if (!j->key_pending && j->depth > 0) {
		if (!j->first[j->depth - 1])
			out_char(&j->out, ',');
		j->first[j->depth - 1] = false;
	}
	j->key_pending = false;
}

static void open_group(struct json *j, char bracket)
{
	begin_item(j);
	assert(j->depth < JSON_DEPTH_MAX);
	j->first[j->depth++] = true;
	out_char(&j->out, bracket);
}

static void close_group(struct json *j, char bracket)
{
	assert(j->depth > 0 && !j->key_pending);
	j->depth--;
	out_char(&j->out, bracket);
}

void json_object(struct json *j)
{
	open_group(j, '{');
}

void json_end_object(struct json *j)
{
	close_group(j, '}');
}

void json_array(struct json *j)
{
	open_group(j, '[');
}

void json_end_array(struct json *j)
{
	close_group(j, ']');
}

/* Listed here, not taken from a Unicode table: the output must not change with one. */
static bool must_escape(int32_t c)
{
	static const struct {
		int32_t from, to;
	} ranges[] = {
		{ 0x7F, 0x9F },                         /* DEL, C1 */
		{ 0x061C, 0x061C },                     /* bidi controls */
		{ 0x200E, 0x200F }, { 0x2028, 0x202E }, /* line ends and bidi controls */
		{ 0x2066, 0x2069 }, { 0xFDD0, 0xFDEF }, /* noncharacters */
		{ 0xFEFF, 0xFEFF },                     /* BOM */
		{ 0xE0000, 0xE007F },                   /* tags */
	};
	if (c < ' ' || (c & 0xFFFE) == 0xFFFE)
		return true;
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		if (c >= ranges[i].from && c <= ranges[i].to)
			return true;
	}
	return false;
}

static void put_unit(struct json *j, uint32_t unit)
{
	static const char digit[] = "0123456789abcdef";
	out_text(&j->out, TEXT("\\u"));
	for (int shift = 12; shift >= 0; shift -= 4)
		out_char(&j->out, digit[unit >> shift & 15]);
}

static void put_escape(struct json *j, uint32_t code)
{
	static const char letters[] = "\bb\ff\nn\rr\tt";
	for (size_t i = 0; i < sizeof(letters) - 1; i += 2) {
		if (code == (unsigned char)letters[i]) {
			out_char(&j->out, '\\');
			out_char(&j->out, letters[i + 1]);
			return;
		}
	}
	if (code >= 0x10000) {
		put_unit(j, 0xD800 + ((code - 0x10000) >> 10));
		code = 0xDC00 + ((code - 0x10000) & 0x3FF);
	}
	put_unit(j, code);
}

/* Bytes that stand for themselves. */
static size_t plain(struct text t)
{
	size_t n = 0;
	while (n < t.n && t.s[n] >= ' ' && t.s[n] < 0x7F && t.s[n] != '"' &&
		t.s[n] != '\\')
		n++;
	return n;
}

static struct text rest_of(struct text t, size_t n)
{
	return (struct text){ t.s + n, t.n - n };
}

static void put_string(struct json *j, struct text t)
{
	out_char(&j->out, '"');
	for (;;) {
		int32_t code;
		size_t n = plain(t);
		out_text(&j->out, (struct text){ t.s, n });
		t = rest_of(t, n);
		if (t.n == 0)
			break;
		n = text_decode(t, &code);
		if (code < 0)
			out_text(&j->out, TEXT("\uFFFD"));
		else if (must_escape(code))
			put_escape(j, (uint32_t)code);
		else {
			if (code == '"' || code == '\\')
				out_char(&j->out, '\\');
			out_text(&j->out, (struct text){ t.s, n });
		}
		t = rest_of(t, n);
	}
	out_char(&j->out, '"');
}

void json_key(struct json *j, const char *key)
{
	begin_item(j);
	put_string(j, text_of(key));
	out_char(&j->out, ':');
	j->key_pending = true;
}

static void put_word(struct json *j, const char *word)
{
	begin_item(j);
	out_text(&j->out, text_of(word));
}

void json_text(struct json *j, struct text t)
{
	if (t.s == NULL) {
		json_null(j);
		return;
	}
	begin_item(j);
	put_string(j, t);
}

void json_pair(struct json *j, const char *key, struct text t)
{
	json_key(j, key);
	json_text(j, t);
}

void json_int(struct json *j, int64_t v)
{
	char digits[24];
	snprintf(digits, sizeof(digits), "%lld", (long long)v);
	put_word(j, digits);
}

void json_id(struct json *j, int64_t id)
{
	if (id)
		json_int(j, id);
	else
		json_null(j);
}

void json_number(struct json *j, double v, int decimals)
{
	char digits[NUMBER_TEXT_MAX];
	put_word(j, *number_format(v, decimals, digits) == '\0' ? "null" : digits);
}

void json_exact(struct json *j, double v)
{
	char digits[NUMBER_TEXT_MAX];
	put_word(j, *number_exact(v, digits) == '\0' ? "null" : digits);
}

void json_bool(struct json *j, bool v)
{
	put_word(j, v ? "true" : "false");
}

void json_null(struct json *j)
{
	put_word(j, "null");
}

void json_day(struct json *j, int32_t day)
{
	char text[DAY_TEXT_MAX];
	if (*day_format(day, text) == '\0')
		json_null(j);
	else
		json_text(j, text_of(text));
}

void json_money(struct json *j, int64_t cents)
{
	if (cents == MONEY_NONE)
		json_null(j);
	else
		json_int(j, cents);
}

enum status json_finish(struct json *j, struct err *e)
{
	assert(j->depth == 0 && !j->key_pending);
	out_char(&j->out, '\n');
	return out_finish(&j->out, e);
}
