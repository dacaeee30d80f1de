/*
 * A program on a pseudo-terminal, with the screen a terminal would show kept by
 * libvterm. The program is asked through the socket named in TIERDESK_IDLE_FD, and
 * answers when it has nothing left to do, so that no test sleeps.
 */
#ifndef TESTS_SUPPORT_PTY_H
#define TESTS_SUPPORT_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

struct pty {
	pid_t pid;
	int master, slave, idle; /* slave is kept open to look at its settings */
	unsigned char asked;     /* the newest question */
	int rows, columns;
	VTerm *vt;
	VTermScreen *screen;
	bool alternate, cursor_visible;
	char *raw; /* owned; everything the program wrote */
	size_t raw_n, raw_size;
	struct termios before;
};

/* Starts argv with the environment as it is plus env ("NAME=value", or "NAME" to unset;
 * ends with NULL; may be NULL). Fails the test when it can't. */
void pty_start(struct pty *p, int rows, int columns, const char *const argv[],
	const char *const env[]);
/* Waits until the program has seen all keys, sizes and signals that it was sent before,
 * waits for more, and everything it wrote is on the screen. False: it ended, or 20 s went
 * by. */
bool pty_settle(struct pty *p);
/* And what it put off until a pause is done, too. */
bool pty_rest(struct pty *p);
/* Waits until the bytes are written after offset `from`; false: 20 s went by. */
bool pty_until(struct pty *p, size_t from, const char *bytes);
/* Waits until the text stands on the screen, or does not any more, without a key; false:
 * 20 s went by. *took_ms: how long that was. */
bool pty_until_shown(struct pty *p, const char *text, bool shown, int *took_ms);
/* The same, with a key down all the while that sends the bytes over and over. */
bool pty_until_shown_under(struct pty *p, const char *keys, const char *text);
void pty_send(struct pty *p, const char *bytes);
void pty_send_n(struct pty *p, const char *bytes, size_t n);
/* send, then settle; fails the test when the program is gone. */
void pty_type(struct pty *p, const char *bytes);
void pty_resize(struct pty *p, int rows, int columns);
/* Waits for its end, at most 20 s; returns its wait status. */
int pty_wait(struct pty *p);
/* Whether the settings of the terminal are as before the start. */
bool pty_restored(struct pty *p);
void pty_end(struct pty *p); /* kills what still runs, frees everything */

/* A line of the screen as UTF-8 without the blanks at its end; out has 4 KiB. */
const char *pty_line(struct pty *p, int row, char out[4096]);
/* Row of the first line that holds the text, or -1. */
int pty_find(struct pty *p, const char *text);
/* Whether the bytes were written since offset `from`. */
bool pty_wrote(const struct pty *p, size_t from, const char *bytes);
/* The first mode of the terminal ("?1002h", "=", "?1049h") that was set and is not taken
 * back, or NULL; a hidden cursor is one too ("?25l"). Borrowed until the next call. */
const char *pty_mode_left(const struct pty *p);
void pty_cursor(struct pty *p, int *row, int *column);
/* Whether a colour was chosen since offset `from`. */
bool pty_coloured(const struct pty *p, size_t from);

#endif
