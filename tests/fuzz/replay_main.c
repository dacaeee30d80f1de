/*
 * Runs a fuzz target without libFuzzer: over the files given as arguments, and over
 * RUNS made-up inputs, the same ones every time. An input that fails is left behind in
 * the file replay-failed, to be given as an argument.
 */
#include "tests/support/fuzz.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>

#include "tests/support/buffer.h"

#define RUNS 20000
#define INPUT_MAX 600

static uint8_t input[INPUT_MAX + 16];
static size_t input_size;

/* xorshift: the same numbers on every machine. */
static uint32_t next_random(void)
{
	static uint32_t state = 2463534242u;
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

/* Mostly what the targets' grammars are made of, so that the inputs get somewhere. */
static void make_input(void)
{
	static const char *const pieces[] = { ",", ";", "\t", "|", "\"", "\"\"", "\n",
		"\r", "\r\n", "0", "1", "9", "00", "123", "2024", "-", ".", "/", ":", " ",
		"T", "Z", "+", "=", "@", "'", "a", "name", "\u00E9", "\u20AC", "\u0301",
		"\u200D", "\uFE0F", "\u202E", "\u2028", "\u00A0", "\uFFFF", "\U0001F468",
		"\U0001F1E9", "\xEF\xBB\xBF", "\xFF\xFE", "\xFE", "\xFF", "\xED\xA0\x80",
		"\xC2", "\x1B[" };
	size_t limit = next_random() % 4 == 0 ? INPUT_MAX : 24;
	size_t target = next_random() % limit;
	for (input_size = 0; input_size < target;) {
		uint32_t r = next_random();
		if (r % 5 == 0) {
			input[input_size++] = (uint8_t)(r >> 8);
			continue;
		}
		const char *piece =
			pieces[(r >> 8) % (sizeof(pieces) / sizeof(pieces[0]))];
		memcpy(input + input_size, piece, strlen(piece));
		input_size += strlen(piece);
	}
}

static void keep_input(int signal_number)
{
	int file = open("replay-failed", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (file >= 0 && write(file, input, input_size) == (ssize_t)input_size)
		close(file);
	signal(signal_number, SIG_DFL);
	raise(signal_number);
}

/* An exact copy on the heap, so that a sanitizer sees any step beyond the end. */
static void run(const void *bytes, size_t size)
{
	uint8_t *copy = malloc(size + (size == 0));
	if (copy == NULL)
		abort();
	memcpy(copy, bytes, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		struct buffer b = { NULL, 0, 0 };
		if (!buffer_read_file(&b, argv[i])) {
			fprintf(stderr, "%s can't be read\n", argv[i]);
			return 2;
		}
		run(b.s, b.n);
		buffer_clear(&b);
	}
	if (argc > 1)
		return 0;
	signal(SIGABRT, keep_input);
	for (int i = 0; i < RUNS; i++) {
		make_input();
		run(input, input_size);
	}
	return 0;
}
