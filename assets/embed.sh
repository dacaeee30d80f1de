#!/bin/sh
# embed.sh FOLDER NAME...: writes the C source of core/asset.h's table, in which
# FOLDER/NAME becomes the asset NAME. Bytes, not string literals: no length
# limit, nothing to escape, and the same output on every machine.
set -eu
export LC_ALL=C

most=65535
folder=$1
shift
names=$(for name; do echo "$name"; done | sort)

echo '/* Made by assets/embed.sh from the files of assets/. */'
echo '#include "core/asset.h"'
echo
echo '#include <string.h>'

i=0
for name in $names; do
	size=$(($(wc -c <"$folder/$name")))
	if [ "$size" -gt "$most" ]; then
		echo "embed.sh: $folder/$name has $size bytes, an asset may have $most:" \
			"split the file" >&2
		exit 1
	fi
	printf '\nstatic const unsigned char bytes_%d[] = {\n' "$i"
	od -An -v -tu1 "$folder/$name" |
		awk '{ for (f = 1; f <= NF; f++) printf "%s,", $f; print "" }'
	echo '0};'
	i=$((i + 1))
done

printf '\nstatic const struct asset assets[] = {\n'
i=0
for name in $names; do
	printf '\t{ "%s", (const char *)bytes_%d, sizeof(bytes_%d) - 1 },\n' "$name" "$i" "$i"
	i=$((i + 1))
done
printf '\t{ NULL, NULL, 0 },\n};\n\nenum { ASSETS = %d };\n' "$i"

cat <<'END'

const struct asset *asset_find(const char *name)
{
	for (size_t i = 0; i < ASSETS; i++) {
		if (strcmp(assets[i].name, name) == 0)
			return &assets[i];
	}
	return NULL;
}

const struct asset *asset_at(size_t i)
{
	return i < ASSETS ? &assets[i] : NULL;
}
END
