#include "tests/support/everywhere.h"

#include <stddef.h>

const char *const everywhere[] = { "", "/ 'arr:>10k arr:<90k'", "/ 'csm:' Tab", "c", "v",
	"w", "x", "O", ":", "?", "? / 'a'", "a a m", "t C-s : 'history' Enter", ",",
	", Tab", "=", "l l =", "t", "n", "E", "A", "L", "T", "* A 'pool' C-s", "Enter",
	"Enter =", "Enter g Enter", "Enter i", "Enter c", "Enter End", "3", "3 z", "3 f",
	"4", "4 Enter", "4 =", "C-o", "C-o 'x' Enter", "I", "I 'accounts' Enter",
	"I 'accounts' Enter Enter", "I 'accounts' Enter o", "I 'accounts' Enter c",
	"I 'accounts' Enter c Enter", "S", "S j Enter", "1", "1 o", "1 =", "1 l =", "1 p",
	"1 * p", "1 e", "1 e Enter", "1 e Enter x", "1 z", "1 d", "1 Enter", "p", "7",
	"7 Enter", "7 =", "7 b b b b", "7 End PgDn", NULL };
