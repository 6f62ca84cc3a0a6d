"""Building strings: +=, join, f-strings, %, format, slicing, splitting, translating."""

from measure import main


def run(size):
    text = ""
    for i in range(size):
        text += str(i)
        if i % 3 == 0:
            text += ","
    parts = text.split(",")
    assert "".join(parts) == "".join(map(str, range(size)))
    rows = []
    for i, part in enumerate(parts):
        rows.append(f"{i:>6}|{part[:8]!r:<12}|{i / 7:.3f}")
        rows.append("%05d %s %x" % (i, part[-3:], i))
        rows.append("{0:,} {1:^9}".format(i * 1000, part[1:4].upper()))
    page = "\n".join(rows)
    assert page.count("\n") == len(parts) * 3 - 1
    table = str.maketrans("0123456789", "abcdefghij")
    lettered = page.translate(table).replace("ab", "ba").title()
    assert not any(c.isdigit() for c in lettered)
    backwards = "".join(reversed(page))
    assert backwards[::-1] == page
    words = sorted({word.strip("|'") for word in page.split()}, key=lambda w: (len(w), w))
    assert words[0] == "" or len(words[0]) <= len(words[-1])
    assert len(page.encode()) == len(page)


if __name__ == "__main__":
    main(run, 10000)
