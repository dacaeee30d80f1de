/* How the screens begin and end; what they are shown by is in app.h. */
#ifndef TUI_APP_STACK_H
#define TUI_APP_STACK_H

#include "tui/app.h"

/* With this one alone. */
void app_stack_begin(struct app *a, enum screen_id id);
/* The program ends: what is being typed anywhere is kept. */
void app_stack_leave(struct app *a);
/* Closes all, shown or not. */
void app_stack_end(struct app *a);

#endif
