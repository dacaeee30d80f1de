/* Mirrors: numbers for the codes of currencies. */
#include "db/mirror.h"

#include <stdlib.h>
#include <string.h>

#define CURRENCY_MAX 255

struct db_pack_memory {
	char code[CURRENCY_MAX + 1][4]; /* by number; "" where there is none */
	bool kept[CURRENCY_MAX + 1];    /* stands in the book, not just here */
	currency_id last;               /* the one asked for last */
};

void db_mirror_forget(struct db *d)
{
	free(d->packed);
	d->packed = NULL;
}

/* Three capital letters, or "???" for what another program may have written: no rate
 * will be found for it, which beats taking it for the base currency. */
static void clean_code(struct text code, char out[4])
{
	bool good = code.n == 3;
	for (size_t i = 0; good && i < 3; i++)
		good = code.s[i] >= 'A' && code.s[i] <= 'Z';
	memcpy(out, good ? code.s : "???", 3);
	out[3] = '\0';
}

/* Reads what numbers there are in the book. Those it had before may stand for others now,
 * or for none: another program, or a copy put back, has been there. What this connection
 * gave by itself stays until the book says otherwise. */
static enum status load_codes(struct db *d, struct err *e)
{
	struct stmt *s;
	bool row;
	if (d->packed == NULL) {
		d->packed = calloc(1, sizeof(*d->packed));
		if (d->packed == NULL)
			return err_set(e, ST_NOMEM, "out of memory");
	}
	for (unsigned id = 1; id <= CURRENCY_MAX; id++) {
		if (d->packed->kept[id])
			memset(d->packed->code[id], 0, sizeof(d->packed->code[id]));
		d->packed->kept[id] = false;
	}
	enum status st = stmt_open(
		d, "SELECT id, code FROM currency WHERE id BETWEEN 1 AND 255", &s, e);
	if (st != ST_OK)
		return st;
	while ((st = stmt_step(s, &row, e)) == ST_OK && row) {
		int64_t id = stmt_int(s, 0);
		clean_code(stmt_text(s, 1), d->packed->code[id]);
		d->packed->kept[id] = true;
	}
	stmt_close(s);
	return st;
}

/* A number for the code, 0 when it has none. Inside a transaction only those count
 * that stand in the book: what is stored there must not lean on this connection. */
static currency_id number_of(struct db *d, const char code[4])
{
	struct db_pack_memory *m = d->packed;
	unsigned id = m->last;
	for (unsigned tries = 0; tries <= CURRENCY_MAX; tries++, id++) {
		id = id > CURRENCY_MAX ? 0 : id;
		if (memcmp(m->code[id], code, 4) == 0 && (m->kept[id] || !d->writing)) {
			m->last = (currency_id)id;
			return m->last;
		}
	}
	return 0;
}

static enum status give_number(
	struct db *d, const char code[4], currency_id *out, struct err *e)
{
	struct db_pack_memory *m = d->packed;
	unsigned id = d->writing ? 1 : CURRENCY_MAX;
	while (id > 0 && id <= CURRENCY_MAX &&
		(d->writing ? m->kept[id] : m->code[id][0] != '\0'))
		id = d->writing ? id + 1 : id - 1;
	if (id == 0 || id > CURRENCY_MAX)
		return err_set(e, ST_INVALID,
			"%s: more than %d currencies: give amounts in fewer", code,
			CURRENCY_MAX);
	memcpy(m->code[id], code, 4);
	*out = (currency_id)id;
	if (!d->writing)
		return ST_OK;
	struct stmt *s;
	enum status st =
		stmt_open(d, "INSERT INTO currency(id, code) VALUES (?1, ?2)", &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, id);
	stmt_bind_text(s, 2, (struct text){ code, 3 });
	st = stmt_run(s, e);
	stmt_close(s);
	m->kept[id] = st == ST_OK;
	return st;
}

enum status mirror_currency(
	struct db *d, struct text code, currency_id *out, struct err *e)
{
	char clean[4];
	clean_code(code, clean);
	*out = d->packed == NULL ? 0 : number_of(d, clean);
	if (*out != 0)
		return ST_OK;
	enum status st = load_codes(d, e);
	if (st != ST_OK)
		return st;
	*out = number_of(d, clean);
	return *out != 0 ? ST_OK : give_number(d, clean, out, e);
}

enum status mirror_currency_known(
	struct db *d, currency_id id, bool *known, struct err *e)
{
	*known = id == 0 || (d->packed != NULL && d->packed->code[id][0] != '\0');
	if (*known)
		return ST_OK;
	enum status st = load_codes(d, e);
	*known = st == ST_OK && d->packed->code[id][0] != '\0';
	return st;
}

enum status db_currencies(
	struct store *s, const char (**codes)[4], uint32_t *n, struct err *e)
{
	struct db *d = db_of(s);
	enum status st = load_codes(d, e);
	/* Mirrors that have yet to be made may bring new ones. */
	if (st == ST_OK)
		st = mirror_number_currencies(d, e);
	if (st != ST_OK)
		return st;
	unsigned last = CURRENCY_MAX;
	while (last > 0 && d->packed->code[last][0] == '\0')
		last--;
	*codes = (const char(*)[4])d->packed->code;
	*n = last + 1;
	return ST_OK;
}
