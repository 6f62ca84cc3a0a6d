"""Regular expressions on a made-up log: search, findall, sub, named groups, alternation, backtracking, compilation."""

import random
import re

from measure import main

LINE = re.compile(r"(?P<host>[\w.]+) \[(?P<day>\d\d)/(?P<month>\w{3})\] \"(?P<verb>GET|POST|PUT) (?P<path>/\S*)\" (?P<code>\d{3}) (?P<size>\d+|-)")


def log(n):
    generator = random.Random(5)
    lines = []
    for _ in range(n):
        lines.append('host%d.example.org [%02d/%s] "%s /a/%s?q=%d" %d %s' % (
            generator.randrange(50), generator.randrange(1, 29), generator.choice(["Jan", "Feb", "Mar"]),
            generator.choice(["GET", "POST", "PUT"]), "x" * generator.randrange(1, 30), generator.randrange(1000),
            generator.choice([200, 404, 500]), generator.choice(["-", "512", "90210"])))
    return lines


def run(size):
    lines = log(size)
    text = "\n".join(lines)
    months = {}
    for line in lines:
        match = LINE.match(line)
        months[match["month"]] = months.get(match["month"], 0) + 1
        assert match.group(0) == line
    assert sum(months.values()) == size
    assert len(re.findall(r'"\s(?:404|500)\b', text)) == sum(" 404 " in line or " 500 " in line for line in lines)
    masked = re.sub(r"host(\d+)", lambda m: "h%03d" % int(m[1]), text)
    assert len(re.findall(r"^h0\d\d\.", masked, re.M)) == size
    assert len(re.split(r"[\n ]+", text)) == size * 6
    assert len(re.findall(r"(x+x+)+\?", text)) <= size
    for i in range(size // 20):
        re.compile(r"(a|b%d)*?[c-%s]{2,%d}(?=x)" % (i, chr(100 + i % 20), i % 50 + 3))
        re.purge()


if __name__ == "__main__":
    main(run, 1000)
