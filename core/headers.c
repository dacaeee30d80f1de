/* Headers: every rule is a row of synonym.def, ranked; the best rank feeds a field. */
#include "core/headers.h"

#include <stdio.h>
#include <string.h>

#include "core/choices.h"
#include "core/convert.h"
#include "core/money.h"

#define FOLDED_MAX 64

enum rank {
	RANK_CANONICAL,
	RANK_SYNONYM,
	RANK_BARE,
	RANK_ALONE,
	RANK_MONTHLY,
	RANK_NONE
};

static const struct synonym {
	int record, field;
	enum rank rank;
	const char *header;
	const char *why; /* it may be something else */
} synonyms[] = {
#define SYNONYM(record, field, header) \
	{ REC_##record, F_##field, RANK_SYNONYM, header, NULL },
#define ALONE(record, field, header) \
	{ REC_##record, F_##field, RANK_ALONE, header, NULL },
#define PERHAPS(record, field, header, why) \
	{ REC_##record, F_##field, RANK_ALONE, header, why },
#define MONTHLY(record, field, header) \
	{ REC_##record, F_##field, RANK_MONTHLY, header, NULL },
#include "core/synonym.def"
};

static const struct reference {
	const char *header;
	enum rank rank;
} references[] = {
#define REFERENCE(header) { header, RANK_SYNONYM },
#define REFERENCE_ALONE(header) { header, RANK_ALONE },
#include "core/synonym.def"
};

static const struct refusal {
	int record;
	const char *header, *why;
} refusals[] = {
#define NOT_TAKEN(record, header, why) { REC_##record, header, why },
#include "core/synonym.def"
};

static const char *const churn_flags[] = {
#define CHURN_FLAG(header) header,
#include "core/synonym.def"
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The plain letter of one with a mark, as it is in Latin-1, or 0. */
static char plain_letter(int32_t code)
{
	static const char letters[] = "aaaaaaaceeeeiiii.nooooo.ouuuuy.y"; /* U+00E0 on */
	const bool known = code >= 0xE0 && code <= 0xFF;
	char c = known ? letters[code - 0xE0] : '.';

	return (char)(c != '.' ? c : code == 0x153 ? 'o' : 0); /* oe in one */
}

/* Small letters without spaces, punctuation and marks; "ae", "oe" and "ue" are the letter
 * that they may stand for; other characters stay. Returns the length, or 0 when nothing
 * is left or t is longer than any name we know. */
static size_t fold(struct text t, char out[FOLDED_MAX])
{
	char small[2 * FOLDED_MAX];
	struct text rest = { small, text_fold(t, small, sizeof(small)) };
	size_t n = 0;
	if (rest.n + 4 > sizeof(small)) /* it may have been cut */
		return 0;
	while (rest.n > 0) {
		int32_t code;
		const size_t bytes = text_decode(rest, &code);
		const char plain = code < 0x80 ? *rest.s : plain_letter(code);
		const bool umlaut =
			code == 'e' && n > 0 && memchr("aou", out[n - 1], 3) != NULL;
		const bool keep = (plain >= 'a' && plain <= 'z') ||
				  (plain >= '0' && plain <= '9') || code >= 0x80 ||
				  code < 0;
		const size_t room = plain != 0 ? 1 : bytes;
		if (keep && !umlaut) {
			if (n + room > FOLDED_MAX)
				return 0;
			memcpy(out + n, plain != 0 ? &plain : rest.s, room);
			n += room;
		}
		rest.s += bytes;
		rest.n -= bytes;
	}
	return n;
}

static bool folds_to(const char *known, const char *folded, size_t n)
{
	char other[FOLDED_MAX];
	return n > 0 && fold(text_of(known), other) == n && memcmp(other, folded, n) == 0;
}

static bool any_folds_to(
	const char *const *known, size_t count, const char *folded, size_t n)
{
	for (size_t i = 0; i < count; i++) {
		if (folds_to(known[i], folded, n))
			return true;
	}
	return false;
}

static enum rank canonical_rank(
	const struct field *f, struct text header, const char *folded, size_t n)
{
	if (f->flags & FIELD_APART)
		return text_eq(text_of(f->name), header) ? RANK_CANONICAL : RANK_NONE;
	if (text_ieq(text_of(f->name), header))
		return RANK_CANONICAL;
	if (folds_to(f->name, folded, n))
		return RANK_SYNONYM;
	for (size_t i = 0; f->type == FT_ACCOUNT && i < COUNT(references); i++) {
		if (folds_to(references[i].header, folded, n))
			return references[i].rank;
	}
	return RANK_NONE;
}

/* What is left of "ARR (USD)", "Start [UTC]" and "ARR in EUR" without their ends; n 0:
 * nothing else than all of it. */
static struct text bare_of(struct text t, char code[4])
{
	struct text inner = { t.s + t.n, 0 };
	size_t n = t.n;
	code[0] = '\0';
	if (n > 0 && (t.s[n - 1] == ')' || t.s[n - 1] == ']')) {
		const char open = t.s[n - 1] == ')' ? '(' : '[';
		for (inner.n = 0; n > 0 && t.s[n - 1] != open; n--)
			inner.s = t.s + n - 1, inner.n++;
		if (inner.n > 0)
			inner.n--; /* the bracket that closes */
		n -= n > 0;
		(void)money_currency(text_trim(inner), code);
	} else {
		while (n > 0 && t.s[n - 1] != ' ' && t.s[n - 1] != '_')
			n--;
		inner = (struct text){ t.s + n, t.n - n };
		if (!money_currency(inner, code))
			n = 0;
	}
	t = text_trim((struct text){ t.s, n });
	if (t.n > 3 && text_ieq((struct text){ t.s + t.n - 3, 3 }, text_of(" in")))
		t.n -= 3;
	return t;
}

/* Whether its amounts are what the name says: those of "ARR (monthly)" and "ARR (k EUR)"
 * are not. */
static bool says_money(struct text header, const char code[4], bool monthly)
{
	static const char *const words[2][4] = { { "annual", "yearly", "per year",
							 "p.a." },
		{ "monthly", "per month", "month", "p.m." } };
	const char *open = header.s;
	struct text inner;
	if (code[0] != '\0')
		return true;
	while (*open != '(' && *open != '[')
		open++;
	inner = text_trim(
		(struct text){ open + 1, (size_t)(header.s + header.n - open) - 2 });
	for (size_t i = 0; i < COUNT(words[0]); i++) {
		if (text_ieq(inner, text_of(words[monthly][i])))
			return true;
	}
	return false;
}

/* "Growth (%)" and "Growth %": where 1 is all, its 40 would be forty times all. */
static bool says_percent(struct text header)
{
	return text_icontains(header, TEXT("%")) ||
	       text_icontains(header, TEXT("percent")) ||
	       text_icontains(header, TEXT("pct"));
}

/* The field that such a name may feed, and how surely. */
static enum rank rank_name(
	enum record_kind kind, struct header *h, struct text name, int *field)
{
	const struct record *r = record_of(kind);
	char folded[FOLDED_MAX];
	size_t n = fold(name, folded);
	for (int i = 0; i < r->count; i++) {
		enum rank rank = canonical_rank(&r->fields[i], name, folded, n);
		*field = i;
		if (rank != RANK_NONE)
			return rank;
	}
	for (size_t i = 0; i < COUNT(synonyms); i++) {
		*field = synonyms[i].field;
		if (synonyms[i].record != (int)kind ||
			!folds_to(synonyms[i].header, folded, n))
			continue;
		h->why = synonyms[i].why;
		return synonyms[i].rank;
	}
	for (size_t i = 0; i < COUNT(refusals); i++) {
		if (refusals[i].record == (int)kind &&
			folds_to(refusals[i].header, folded, n))
			h->why = refusals[i].why;
	}
	h->churn_flag = kind == REC_ACCOUNT &&
			any_folds_to(churn_flags, COUNT(churn_flags), folded, n);
	return RANK_NONE;
}

/* The same without what stands at its end. */
static enum rank rank_bare(enum record_kind kind, struct header *h, int *field)
{
	char code[4];
	const struct text bare = bare_of(h->text, code);
	enum rank rank = RANK_NONE;
	if (bare.n > 0)
		rank = rank_name(kind, h, bare, field);
	if (rank == RANK_NONE)
		return rank;
	if (record_of(kind)->fields[*field].type == FT_MONEY &&
		!says_money(h->text, code, rank == RANK_MONTHLY)) {
		h->why = "what stands in brackets may be a unit";
		h->doubtful = true;
		return RANK_NONE;
	}
	if (rank >= RANK_BARE)
		return rank;
	return record_of(kind)->fields[*field].flags & FIELD_APART ? RANK_NONE
								   : RANK_BARE;
}

/* The field a header may feed, and how surely. */
static enum rank rank_header(enum record_kind kind, struct header *h, int *field)
{
	enum rank rank = rank_name(kind, h, h->text, field);
	if (rank == RANK_NONE && h->why == NULL)
		rank = rank_bare(kind, h, field);
	if (rank == RANK_NONE || !(record_of(kind)->fields[*field].flags & FIELD_SHARE) ||
		!says_percent(h->text))
		return rank;
	h->why = "it is in percent, and 40 % is 0.4 here";
	h->doubtful = true;
	return RANK_NONE;
}

/* The currency that the header of a column of amounts says. */
static void say_currency(enum record_kind kind, struct header *h)
{
	if (h->field >= 0 && record_of(kind)->fields[h->field].type == FT_MONEY)
		(void)bare_of(h->text, h->currency);
}

static int shown(struct text t)
{
	return convert_shown(t, 60);
}

/* A column that feeds a field must not have a namesake. */
static enum status check_twins(const struct header *h, uint32_t n, struct err *e)
{
	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t k = 0; h[i].field >= 0 && k < n; k++) {
			if (k == i || !text_ieq(h[i].text, h[k].text))
				continue;
			return err_set(e, ST_INVALID,
				"the header \"%.*s\" stands twice, in columns %u and %u: "
				"rename one of them",
				shown(h[i].text), h[i].text.s, (i < k ? i : k) + 1,
				(i < k ? k : i) + 1);
		}
	}
	return ST_OK;
}

static enum status end(enum record_kind kind, struct header *h, uint32_t n, struct err *e)
{
	for (uint32_t i = 0; i < n; i++)
		say_currency(kind, &h[i]);
	return check_twins(h, n, e);
}

static void reset(struct header *h, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		h[i] = (struct header){ .text = h[i].text, .field = -1 };
}

enum status headers_guess(
	enum record_kind kind, struct header *h, uint32_t n, struct err *e)
{
	enum rank best[RECORD_FIELDS_MAX];
	uint32_t holder[RECORD_FIELDS_MAX];
	for (int f = 0; f < RECORD_FIELDS_MAX; f++)
		best[f] = RANK_NONE;
	reset(h, n);
	for (uint32_t i = 0; i < n; i++) {
		int field;
		enum rank rank = rank_header(kind, &h[i], &field);
		if (rank == RANK_NONE)
			continue;
		uint32_t loser = i;
		if (rank < best[field]) {
			loser = best[field] == RANK_NONE ? n : holder[field];
			best[field] = rank;
			holder[field] = i;
			h[i].field = field;
			h[i].monthly = rank == RANK_MONTHLY;
		}
		if (loser < n) {
			h[loser].field = -1;
			h[loser].monthly = false;
			h[loser].why = "another column feeds the same field";
		}
	}
	return end(kind, h, n, e);
}

/* Column whose header is name: as it stands, without case, or folded; n: none. */
static uint32_t find_header(const struct header *h, uint32_t n, struct text name)
{
	char folded[FOLDED_MAX], other[FOLDED_MAX];
	size_t length = fold(name, folded);
	for (uint32_t i = 0; i < n; i++) {
		if (text_eq(h[i].text, name))
			return i;
	}
	for (uint32_t i = 0; i < n; i++) {
		if (text_ieq(h[i].text, name))
			return i;
	}
	for (uint32_t i = 0; length > 0 && i < n; i++) {
		if (fold(h[i].text, other) == length &&
			memcmp(folded, other, length) == 0)
			return i;
	}
	return n;
}

enum status headers_map(
	const struct mapping *m, struct header *h, uint32_t n, struct err *e)
{
	const struct record *r = record_of(m->kind);
	reset(h, n);
	for (int f = 0; f < r->count; f++) {
		const char *list = m->header[f] != NULL ? m->header[f] : "";
		uint32_t at = n;
		while (*list != '\0' && at == n)
			at = find_header(h, n, text_trim(choices_next(&list)));
		if (at == n)
			continue;
		if (h[at].field >= 0)
			return err_set(e, ST_INVALID,
				"the column \"%.*s\" is mapped to both %s and %s",
				shown(h[at].text), h[at].text.s,
				r->fields[h[at].field].name, r->fields[f].name);
		h[at].field = f;
	}
	return end(m->kind, h, n, e);
}

char *headers_known(enum record_kind kind, int field, char *out, size_t size)
{
	const bool account = record_of(kind)->fields[field].type == FT_ACCOUNT;
	size_t n = 0;
	out[0] = '\0';
	for (size_t i = 0; i < COUNT(synonyms) && n < size; i++) {
		if (synonyms[i].record == (int)kind && synonyms[i].field == field)
			n += (size_t)snprintf(out + n, size - n, "%s%s", n ? ", " : "",
				synonyms[i].header);
	}
	for (size_t i = 0; account && i < COUNT(references) && n < size; i++)
		n += (size_t)snprintf(
			out + n, size - n, "%s%s", n ? ", " : "", references[i].header);
	if (n >= size) { /* whole names only */
		char *end = strrchr(out, ',');
		if (end != NULL)
			*end = '\0';
	}
	return out;
}

bool headers_canonical(enum record_kind kind, const struct header *h, uint32_t n)
{
	const struct record *r = record_of(kind);
	if (n != (uint32_t)r->count)
		return false;
	for (uint32_t i = 0; i < n; i++) {
		if (!text_eq(h[i].text, text_of(r->fields[i].name)))
			return false;
	}
	return true;
}
