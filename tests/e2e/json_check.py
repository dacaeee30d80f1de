"""Holds what verbs said in JSON against the table that tierdesk-json(5) is made from:
json_check.py CLI-FOLDER RECORD.DEF ANSWERS-FOLDER. In the last one N is an answer, and
N.shape says what was typed."""
import json
import pathlib
import re
import sys

CALL = re.compile(r"^(\w+)\((.*?)\)$", re.M | re.S)
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def rows(path):
    """(macro, arguments) of a table; texts that stand side by side are one."""
    text = re.sub(r"/\*.*?\*/|^[ \t]*#.*?$", "", path.read_text(), flags=re.S | re.M)
    for macro, inside in CALL.findall(text):
        joined = re.sub(r'"\s+"', "", inside)
        yield macro, STRING.findall(joined), joined


class Shape:
    """{key: shape}, [shape], @part, or "" for a plain value; counts what it has seen."""

    def __init__(self, text):
        self.rest = text
        self.shape = self.any()
        assert not self.rest, f"what is {self.rest!r}?"

    def take(self, pattern):
        m = re.match(pattern, self.rest)
        self.rest = self.rest[m.end():] if m else self.rest
        return m

    def any(self):
        if self.take(r"\["):
            inside = "" if self.take(r"(?=\])") else self.any()
            assert self.take(r"\]"), self.rest
            return [inside]
        if m := self.take(r"@(\w+)"):
            return m.group()
        assert self.take(r"{"), self.rest
        keys = {}
        while m := self.take(r"(\w+)(\?)?"):
            name = m.group(1)
            assert name not in keys, f"{name} stands there twice"
            keys[name] = Key(bool(m.group(2)), self.any() if self.take(": ") else "")
            self.take(", ")
        assert self.take("}"), self.rest
        return keys


class Key:
    def __init__(self, optional, shape):
        self.optional, self.shape, self.seen, self.lacked = optional, shape, 0, 0


class Table:
    def __init__(self, cli, record):
        self.shapes, self.parts, self.words, self.faults = {}, {}, set(), set()
        for macro, args, _ in rows(cli / "json.def"):
            if macro == "JSON_SHAPE":
                self.shapes[args[0]] = Shape(args[1]).shape
            elif macro == "JSON_PART":
                self.parts[args[0]] = Shape(args[1]).shape
            elif macro == "JSON_KEY":
                self.words |= set(args[0].split(", "))
        self.made = self.read_records(record)

    def read_records(self, path):
        """Parts that are made from rows of record.def; the program knows which fields."""
        kinds = {}
        for macro, args, inside in rows(path):
            ident = re.match(r"\s*(\w+)", inside).group(1)
            if macro == "RECORD":
                kinds[ident] = args[0]
                self.parts[args[0]] = {}
            elif macro == "FIELD":
                kind, flags = re.search(r"\b(FT_\w+), ([\w |]+),", inside).groups()
                if kind != "FT_ACCOUNT" and "APART" not in flags:
                    name = args[0] + ("_cents" if kind == "FT_MONEY" else "")
                    self.parts[kinds[ident]][name] = Key(False, "")
        return set(kinds.values())

    def fault(self, text):
        self.faults.add(text)

    def hold(self, where, shape, value):
        if isinstance(shape, str) and shape.startswith("@"):
            where, shape = shape, self.parts[shape[1:]]
        if value is None:
            return
        if isinstance(shape, list) and isinstance(value, list):
            for v in value:
                self.hold(where + "[]", shape[0], v)
        elif isinstance(shape, dict) and isinstance(value, dict):
            for name, v in value.items():
                if name not in shape:
                    self.fault(f"{where}: the table does not name {name}")
                    continue
                shape[name].seen += 1
                self.hold(f"{where}.{name}", shape[name].shape, v)
            for name in shape.keys() - value.keys():
                shape[name].lacked += 1
                if not shape[name].optional:
                    self.fault(f"{where}: there is no {name}")
            always = [n for n in shape if not shape[n].optional]
            if always != [n for n in value if n in always]:
                self.fault(f"{where}: the order is {', '.join(value)}")
        elif shape != "" or isinstance(value, (list, dict)):
            self.fault(f"{where}: it is {json.dumps(value)[:60]}")

    def look_at_all(self, where, shape, names):
        """That every key came, and those with a ? not always."""
        if isinstance(shape, list):
            self.look_at_all(where + "[]", shape[0], names)
        for name, key in shape.items() if isinstance(shape, dict) else []:
            names.add(name)
            if not key.seen:
                self.fault(f"{where}: {name} never came")
            elif key.optional and not key.lacked:
                self.fault(f"{where}: {name} is always there")
            self.look_at_all(f"{where}.{name}", key.shape, names)

    def finish(self, verbs):
        names = set()
        for call, shape in self.shapes.items():
            self.look_at_all(call, shape, names)
        for part in self.parts.keys() - self.made:
            self.look_at_all("@" + part, self.parts[part], names)
        for word in self.words - names:
            self.fault(f"no answer has the key {word} that is explained")
        for verb in verbs - {call.split()[0] for call in self.shapes}:
            self.fault(f"the answer of {verb} is not in the table")


def main(cli, record, folder):
    table = Table(pathlib.Path(cli), pathlib.Path(record))
    said = set()
    for path in sorted(pathlib.Path(folder).glob("*.shape")):
        call = path.read_text().strip()
        said.add(call)
        if call not in table.shapes:
            table.fault(f"the answer of {call} is not in the table")
            continue
        table.hold(call, table.shapes[call], json.loads(path.with_suffix("").read_text()))
    for call in table.shapes.keys() - said:
        table.fault(f"nobody typed {call}")
    table.finish({a[0] for m, a, _ in rows(pathlib.Path(cli) / "verbs.def")
        if m == "VERB" and a[0] and "J" in a[4]})
    for fault in sorted(table.faults):
        print(fault)
    return bool(table.faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
