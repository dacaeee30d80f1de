/* What has a PDF read out rightly: its language, that it is tagged, words for figures. */
#ifndef REPORT_PAINT_TAGS_H
#define REPORT_PAINT_TAGS_H

#include <glib.h>

#include "report/paint.h"

/* Of a whole file that cairo wrote as PDF 1.4, without compressed objects. One that looks
 * otherwise stays as it is. */
void paint_tags(GString *pdf, const struct paint_job *job);

#endif
