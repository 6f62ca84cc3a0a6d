"""json's Python implementation: the scanner and encoder without their native parts."""

import json
import json.decoder
import json.encoder
import json.scanner

from measure import main

TEXT = {"unit": "märz", "list": list(range(20)), "nested": [{"x": i, "y": i / 4, "z": [None, True, False, "é\n\"q\""]} for i in range(20)]}


class Decoder(json.JSONDecoder):
    def __init__(self):
        super().__init__()
        self.parse_string = json.decoder.py_scanstring
        self.scan_once = json.scanner.py_make_scanner(self)


class Encoder(json.JSONEncoder):
    def iterencode(self, o, _one_shot=False):
        return json.encoder._make_iterencode(
            {}, self.default, json.encoder.py_encode_basestring_ascii, self.indent, float.__repr__,
            self.key_separator, self.item_separator, self.sort_keys, self.skipkeys, _one_shot,
        )(o, 0)


def run(size):
    decoder, encoder = Decoder(), Encoder(sort_keys=True)
    for _ in range(size):
        text = encoder.encode(TEXT)
        value = decoder.decode(text)
    assert value == TEXT
    assert text == json.dumps(TEXT, sort_keys=True)


if __name__ == "__main__":
    main(run, 30)
