/** Elements, builder and parser against CPython 3.14's `_elementtree`: results and messages recorded from it. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Python } from "../../api/index.ts";
import { libraryFiles } from "../../host/node/library.ts";

const dist = fileURLToPath(new URL("../../../dist", import.meta.url));
const options = { skip: existsSync(`${dist}/stdlib.bin`) ? false : "dist/stdlib.bin is not built" };

const SETUP = `
import re, copy
import _elementtree as E, xml.etree.ElementTree as ET
a = E.Element('a', {'x': '1'}, y='2'); b = E.SubElement(a, 'b'); c = E.SubElement(a, 'c', q='1')
def show(text):
    try: result = repr(eval(text, globals()))
    except BaseException as e: result = f"{type(e).__name__}: {e}"
    return re.sub(' at 0x[0-9a-f]+', '', result)
class Target:
    def __init__(self): self.seen = []
    def __getattr__(self, name):
        if name not in ('start', 'end', 'data', 'comment', 'pi', 'start_ns', 'end_ns', 'doctype'): raise AttributeError(name)
        return lambda *args: self.seen.append((name, *args))
    def close(self): return self.seen
def parsed(text, **options):
    parser = E.XMLParser(target=Target(), **options)
    parser.feed(text)
    return parser.close()
def pulled(text, *events):
    parser = ET.XMLPullParser(events)
    parser.feed(text)
    return [(event, getattr(what, 'tag', what)) for event, what in parser.read_events()]
`;

const CASES: [expression: string, result: string][] = [
  ["E.Element()", "TypeError: Element() takes at least 1 argument (0 given)"],
  ["E.Element('a', 'b')", "TypeError: Element() argument 2 must be dict, not str"],
  ["E.Element('a', attrib={'z': 1}, k=2).attrib", "{'z': 1, 'k': 2}"],
  ["E.Element('a', attrib=1)", "TypeError: attrib must be dict, not int"],
  ["E.SubElement(1, 'a')", "TypeError: SubElement() argument 1 must be xml.etree.ElementTree.Element, not int"],
  ["a.append(1)", "TypeError: append() argument 1 must be xml.etree.ElementTree.Element, not int"],
  ["a.extend(1)", "TypeError: 'elements' must be an iterable"],
  ["a.extend([1])", 'TypeError: expected an Element, not "int"'],
  ["a.remove(E.Element('x'))", "ValueError: Element.remove(x): element not found"],
  ["a[5]", "IndexError: child index out of range"],
  ["a['x']", "TypeError: element indices must be integers"],
  ["a[0:2]", "[<Element 'b'>, <Element 'c'>]"],
  ["a.__setitem__(9, b)", "IndexError: child assignment index out of range"],
  ["a.__setitem__(slice(0, 1), 1)", "TypeError: assignment expects an iterable"],
  [
    "a.__setitem__(slice(0, 2, 2), [b, c])",
    "ValueError: attempt to assign sequence of size 2 to extended slice of size 1",
  ],
  ["a.find(1)", "TypeError: 'int' object is not subscriptable"],
  [
    "(a.find('b'), a.findall('*'), a.findtext('c'), a.findtext('q', 5))",
    "(<Element 'b'>, [<Element 'b'>, <Element 'c'>], '', 5)",
  ],
  ["(a.keys(), a.items(), a.get('x'), a.get('n', 3))", "(['x', 'y'], [('x', '1'), ('y', '2')], '1', 3)"],
  ["(a.iter(), list(a.iter('b')))", "(<_elementtree._element_iterator object>, [<Element 'b'>])"],
  ["delattr(a, 'text')", "AttributeError: can't delete element attribute"],
  ["setattr(a, 'attrib', 1)", "TypeError: attrib must be dict, not int"],
  ["a.__setstate__(1)", 'TypeError: Don\'t know how to unpickle "1" as an Element'],
  ["ET.tostring(copy.deepcopy(a))", `b'<a x="1" y="2"><b /><c q="1" /></a>'`],
  ["copy.deepcopy(a)[1] is a[1], copy.copy(a)[1] is a[1]", "(False, True)"],
  ["E.TreeBuilder().end('a')", "IndexError: pop from empty stack"],
  ["E.TreeBuilder().start('a', None)", "TypeError: start() argument 2 must be dict, not None"],
  ["E.XMLParser(1)", "TypeError: XMLParser() takes no positional arguments"],
  ["E.XMLParser().close()", "ParseError: no element found: line 1, column 0"],
  ["E.XMLParser()._setevents([], ['x'])", "ValueError: unknown event 'x'"],
  ["ET.fromstring('<a>&foo;</a>')", "ParseError: undefined entity: line 1, column 3"],
  ["ET.fromstring('<a><b></a>')", "ParseError: mismatched tag: line 1, column 8"],
  ["''.join(ET.fromstring('<a>1<!--x-->2<b>3</b>4<?p q?>5</a>').itertext())", "'12345'"],
  ['ET.fromstring(\'<a xmlns="u" xmlns:p="v" p:k="1" m="2"/>\').items()', "[('{v}k', '1'), ('m', '2')]"],
  [
    'parsed(\'<!DOCTYPE d SYSTEM "s"><d xmlns:p="u" k="v">t<?x y?><!--c--></d>\')',
    "[('doctype', 'd', None, 's'), ('start_ns', 'p', 'u'), ('start', 'd', {'k': 'v'}), ('data', 't'), ('pi', 'x', 'y'), ('comment', 'c'), ('end', 'd'), ('end_ns', 'p')]",
  ],
  [
    "pulled('<a xmlns:p=\"u\"><b/><!--c--></a>', 'start', 'end', 'start-ns', 'end-ns', 'comment')",
    "[('start-ns', ('p', 'u')), ('start', 'a'), ('start', 'b'), ('end', 'b'), ('comment', <function Comment>), ('end', 'a'), ('end-ns', None)]",
  ],
  [
    "[(e.tag, e.text, e.tail) for e in ET.fromstring('<r>\\u20ac<a>&#128512;</a>\\U0001f600</r>').iter()]",
    "[('r', '€', None), ('a', '😀', '😀')]",
  ],
];

test("elements, builders and parsers behave as CPython's", options, () => {
  const python = new Python({ library: libraryFiles(dist), settings: { noSite: true } });
  python.run(SETUP);
  for (const [expression, result] of CASES) {
    python.globals.set("text", expression);
    assert.equal(python.run("show(text)"), result, expression);
  }
});
