#include "core/markup.h"

bool markup_legal(int32_t code)
{
	return code >= ' ' && !(code >= 0x7f && code < 0xa0) &&
	       (code & 0xfffe) != 0xfffe && !(code >= 0xfdd0 && code <= 0xfdef);
}

static const char *escaped(int32_t code)
{
	switch (code) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\n':
	case '\t':
	case '\r':
		return " ";
	default:
		return markup_legal(code) ? NULL : "\xef\xbf\xbd";
	}
}

void markup_text(struct out *o, struct text t)
{
	while (t.n > 0) {
		int32_t code;
		const size_t n = text_decode(t, &code);
		const char *instead = escaped(code);

		out_text(o, instead ? text_of(instead) : (struct text){ t.s, n });
		t.s += n;
		t.n -= n;
	}
}
