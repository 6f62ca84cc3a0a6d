/** Defines the whole exception hierarchy, bases first. */
import "./hierarchy.ts";
import "./simple.ts";
import "./key-error.ts";
import "./os-error.ts";
import "./syntax-error.ts";
import "./unicode-error.ts";
import "./group.ts";
