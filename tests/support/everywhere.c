#include "tests/support/everywhere.h"

#include <stddef.h>

const char *const everywhere[] = { "", "/ 'arr:>10k arr:<90k'", "/ 'csm:' Tab", "c", "v",
	"w", "x", "O", ":", "?", "? / 'a'", "a a m", "t C-s : 'history' Enter", ",",
	"C-k", "C-k / 'a'", "C-k Enter", "C-k Enter t", "=", "l l =", "t", "n", "E", "A",
	"L", "T", "* A 'pool' C-s", "Enter", "Enter =", "Enter g Enter", "Enter i",
	"Enter c", "Enter End", "3", "3 z", "3 f", "4", "4 Enter", "4 =", "C-o",
	"C-o 'x' Enter", "I", "I 'accounts' Enter", "I 'accounts' Enter Enter",
	"I 'accounts' Enter o", "I 'accounts' Enter c", "I 'accounts' Enter c Enter", "S",
	"S j Enter", "1", "1 o", "1 =", "1 l =", "1 p", "1 * p", "1 e", "1 e Enter",
	"1 e Enter x", "1 z", "1 d", "1 Enter", "p", "7", "7 Enter", "7 =", "7 b b b b",
	"7 End PgDn", "Q", "4 c", "5", "5 =", "5 e", "5 P", "5 t", "5 End", "5 j Enter",
	"5 b", "5 b =", "5 b i", "5 b x", "5 b A", "5 b w", "5 b A C-s", "6",
	"6 =", "6 ] Down =", "6 ] ] Down", "6 #", "6 @", "6 A", "8", "8 =", "8 V",
	"8 V Down", "8 / 'cap'", "8 s", "8 ] ] ] ] ] ] ] ] ] j j j j - - - - - f",
	"8 ] ] ] ] ] ] ] ] ] j j j j + + + + +",
	"8 ] ] ] ] ] ] ] ] ] j j j j + + + + + f",
	"8 ] ] ] ] ] ] ] ] ] j j j j + + + + + F", "B", "B =", "B p", "W", "m", "H",
	"H Enter", "#", "@", ": 'report' Enter", ": 'deal' Enter",
	"1 z Down 'holidays' C-s Z", "Enter F 'x'", "Enter X",
	"E Down Down C-u 'Mine' Esc Space Space E Down 'Theirs' C-s g E C-s", NULL };

const char *const everywhere_untiered[] = { "S Home j j j j Enter Enter",
	"8 ] ] ] ] ] ] ] ] ] j j j j - - - - - f", NULL };
