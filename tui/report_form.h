/* The form that asks for a report, and has the host write it. */
#ifndef TUI_REPORT_FORM_H
#define TUI_REPORT_FORM_H

struct app;

void report_form_ask(struct app *a);

#endif
