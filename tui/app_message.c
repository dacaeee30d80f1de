/* What is said in the line above the hints, and kept for whoever looked away. */
#include "tui/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void tell(struct app *a, bool bad)
{
	messages_add(&a->messages, a->book ? book_now(a->book) : 0, bad, a->message.text);
	a->message.bad = bad;
	a->message.keys = 0;
	a->dirty |= APP_PAINT;
}

void app_say(struct app *a, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(a->message.text, sizeof(a->message.text), format, args);
	va_end(args);
	tell(a, false);
}

void app_say_offers(
	struct app *a, const struct app_offer *offer, int n, const char *format, ...)
{
	struct app_message_key key[APP_MESSAGE_KEYS];
	size_t end;
	int keys = 0;
	va_list args;

	va_start(args, format);
	vsnprintf(a->message.text, sizeof(a->message.text), format, args);
	va_end(args);
	end = strlen(a->message.text);
	for (int i = 0; i < n && i < APP_MESSAGE_KEYS; i++) {
		const char *word = keys_word(offer[i].scope, offer[i].action);
		const size_t at = end + (i ? 2 : 0);

		end += (size_t)snprintf(a->message.text + end,
			sizeof(a->message.text) - end, "%s%s %s", i ? ", " : "", word,
			offer[i].words);
		if (end >= sizeof(a->message.text))
			break;
		key[keys++] =
			(struct app_message_key){ at, strlen(word), offer[i].action };
	}
	tell(a, false);
	memcpy(a->message.key, key, (size_t)keys * sizeof(*key));
	a->message.keys = keys;
}

int app_offers_columns(const struct app_offer *offer, int n)
{
	int columns = 0;

	for (int i = 0; i < n; i++)
		columns +=
			(i ? 2 : 0) + 1 + text_columns(text_of(offer[i].words)) +
			text_columns(text_of(keys_word(offer[i].scope, offer[i].action)));
	return columns;
}

void app_fail(struct app *a, const struct err *e)
{
	snprintf(a->message.text, sizeof(a->message.text), "%s", e->text);
	tell(a, true);
}

void app_hush(struct app *a)
{
	a->message.text[0] = '\0';
	a->message.bad = false;
}
