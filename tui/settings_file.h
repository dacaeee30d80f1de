/* The settings file as settings.c reads it; nobody else includes this. */
#ifndef TUI_SETTINGS_FILE_H
#define TUI_SETTINGS_FILE_H

#include "tui/settings.h"

/* Takes what the text says; what makes no sense is told, also of the keys as they are
 * when all are known. path: for people. */
void settings_file_read(struct settings *s, const char *text, const char *path);
/* A problem, in the order of the lines of the file; INT_MAX: of no line. */
__attribute__((format(printf, 3, 4))) void settings_file_tell(
	struct settings *s, int line, const char *format, ...);

#endif
