/** Loading this file defines the types of all containers and their iterators. */
import "./singleton-types.ts";
import "./tuple/type.ts";
import "./list/type.ts";
import "./slice/type.ts";
import "./range/type.ts";
import "./dict/type.ts";
import "./dict/view-types.ts";
import "./dict/iterator-types.ts";
import "./dict/mapping-proxy-type.ts";
import "./set/type.ts";
import "./iterators/sequence-types.ts";
import "./iterators/enumerate.ts";
import "./iterators/filter.ts";
import "./iterators/map.ts";
import "./iterators/reversed.ts";
import "./iterators/zip.ts";
