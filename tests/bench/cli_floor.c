/*
 * cli_floor --db BOOK: the least that a table of accounts on a terminal can cost: ncurses
 * and SQLite, of which only the rows in the window are read, and nothing is told of them.
 * What the console takes is measured beside it, as absolute times are the machine's.
 * Down, Up, Page Down and Page Up; it ends with its terminal.
 */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include <curses.h>
#include <sqlite3.h>

static sqlite3_stmt *rows;
static int64_t top, at, all; /* the first row shown, the one under the cursor; how many */

static int64_t count(sqlite3 *book)
{
	sqlite3_stmt *s;
	int64_t n = 0;

	if (sqlite3_prepare_v2(book, "SELECT max(id) FROM account", -1, &s, NULL) ==
			SQLITE_OK &&
		sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return n;
}

static const char *text(int column)
{
	const char *s = (const char *)sqlite3_column_text(rows, column);

	return s ? s : "";
}

static void paint(void)
{
	char line[512];

	sqlite3_bind_int64(rows, 1, top);
	sqlite3_bind_int(rows, 2, LINES - 1);
	for (int row = 0; row < LINES - 1; row++) {
		const bool there = sqlite3_step(rows) == SQLITE_ROW;

		snprintf(line, sizeof(line), "%-*.*s", COLS, COLS, "");
		if (there)
			snprintf(line, sizeof(line), "%-12.12s %-40.40s %14lld  %-*s",
				text(0), text(1),
				(long long)sqlite3_column_int64(rows, 2), COLS - 72,
				text(3));
		attrset(top + row == at ? A_REVERSE : A_NORMAL);
		mvaddnstr(row, 0, line, COLS);
	}
	sqlite3_reset(rows);
	attrset(A_NORMAL);
	mvprintw(LINES - 1, 0, "%lld of %lld", (long long)at + 1, (long long)all);
	clrtoeol();
	refresh();
}

static void follow(int64_t step)
{
	const int height = LINES - 1;

	at += step;
	at = at < 0 ? 0 : at >= all ? all - 1 : at;
	top = at < top ? at : at >= top + height ? at - height + 1 : top;
}

int main(int argc, char **argv)
{
	sqlite3 *book = NULL;
	int key;

	if (argc < 3 || strcmp(argv[1], "--db") != 0 ||
		sqlite3_open_v2(argv[2], &book, SQLITE_OPEN_READONLY, NULL) !=
			SQLITE_OK ||
		sqlite3_prepare_v2(book,
			"SELECT account_id, name, arr, segment FROM account WHERE id > ?1"
			" ORDER BY id LIMIT ?2",
			-1, &rows, NULL) != SQLITE_OK) {
		fprintf(stderr, "cli_floor: %s\n",
			book ? sqlite3_errmsg(book) : "usage: cli_floor --db BOOK");
		return 2;
	}
	all = count(book);
	setlocale(LC_ALL, "");
	initscr();
	noecho();
	keypad(stdscr, TRUE);
	do {
		paint();
		key = getch();
		follow(key == KEY_DOWN ? 1 : key == KEY_UP ? -1 : 0);
		follow(key == KEY_NPAGE ? LINES - 1 : key == KEY_PPAGE ? 1 - LINES : 0);
	} while (key != ERR && key != 'q');
	endwin();
	sqlite3_finalize(rows);
	sqlite3_close(book);
	return 0;
}
