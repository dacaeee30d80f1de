#include "tests/support/contract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/contract_tests.h"

static struct {
	contract_make make;
	void *arg;
} factory;

static int make(void **state)
{
	*state = factory.make(factory.arg);
	return *state ? 0 : -1;
}

static int close_store(void **state)
{
	struct store *s = *state;

	s->ops->close(s);
	return 0;
}

int contract_run(const char *name, contract_make make_store, void *arg)
{
#define CONTRACT_ENTRY(test) { #test, contract_##test, make, close_store, NULL },
	const struct CMUnitTest tests[] = { CONTRACT_ALL(CONTRACT_ENTRY) };
#undef CONTRACT_ENTRY

	factory.make = make_store;
	factory.arg = arg;
	return cmocka_run_group_tests_name(name, tests, NULL, NULL);
}
