/* The kinds of alert as tables. */
#include "core/alert.h"

const struct alert_kind_row alert_kinds[ALERT_KINDS] = {
#define ALERT(id, name, s1, s2, s3, p1, p2, p3, condition, opens) \
	{ name, { SEV_##s1, SEV_##s2, SEV_##s3 }, { p1, p2, p3 }, condition, opens },
#include "core/alert.def"
};

const char *const alert_severity_word[SEVERITIES] = { "off", "opportunity", "info",
	"warning", "critical" };
