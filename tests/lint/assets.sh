#!/bin/sh
# Embedding keeps every byte, gives the same source twice and refuses what is too big.
set -eu
src=$(cd "${TIERDESK_SRC:-$(dirname "$0")/../..}" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' 0
cd "$tmp"

mkdir -p a/sub
# Quotes, backslashes, trigraphs, formats, UTF-8, every control byte, no newline at the end.
printf '"\\" ??/ %%s \303\251 \342\202\254 \001\033\177\377 /* \000 */ no newline' >a/hard.txt
: >a/empty.ini
printf 'CREATE TABLE t (x TEXT);\r\n' >a/sub/001.sql
dd if=/dev/zero of=a/full.txt bs=65535 count=1 2>/dev/null
sh "$src/assets/embed.sh" a sub/001.sql full.txt hard.txt empty.ini >one.c
sh "$src/assets/embed.sh" a empty.ini hard.txt full.txt sub/001.sql >two.c
cmp one.c two.c

cat >main.c <<'END'
#include "core/asset.h"
#include <stdio.h>
int main(int argc, char **argv)
{
	for (size_t i = 0; argc == 1 && asset_at(i); i++)
		puts(asset_at(i)->name);
	const struct asset *a = asset_find(argc > 1 ? argv[1] : "no such asset");
	if (!a)
		return argc > 1;
	return fwrite(a->text, 1, a->size, stdout) != a->size || a->text[a->size] != 0;
}
END
# shellcheck disable=SC2086 # CC may carry options
${CC:-cc} -std=c17 -Wall -Wextra -Wpedantic -Wconversion -Werror -I"$src" -o show main.c one.c
for name in hard.txt empty.ini sub/001.sql full.txt; do
	./show $name >out
	cmp out a/$name
done
[ "$(./show | tr '\n' ' ')" = 'empty.ini full.txt hard.txt sub/001.sql ' ]
if ./show missing.txt; then
	echo 'FAIL: finds an asset that is not there'
	exit 1
fi

dd if=/dev/zero of=a/big.txt bs=65536 count=1 2>/dev/null
if sh "$src/assets/embed.sh" a big.txt >big.c 2>message; then
	echo 'FAIL: embeds what is too big'
	exit 1
fi
grep -q 'a/big.txt has 65536 bytes' message
