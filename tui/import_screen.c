#include "tui/import.h"

#include "tui/app.h"
#include "tui/files.h"

static void file_chosen(struct app *a, const char *path)
{
	app_say(a, "%s", path);
}

void import_open(struct app *a)
{
	static const struct files_request files = { "Import: which file", FILES_TABLES,
		file_chosen };

	files_open(a, &files);
}
