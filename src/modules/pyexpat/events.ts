/** Python's handlers by name: what each is called with, and how the parser's core is told to tell. */
import { EXC, type Value } from "../../objects/core.ts";
import { asInt32 } from "../../objects/protocol/convert.ts";
import { newTuple } from "../../objects/tuple.ts";
import { enterRecursive, leaveRecursive } from "../../objects/recursion.ts";
import type { Handlers, Model } from "../support/xml/handlers.ts";
import type { PyXmlParser } from "./parser-object.ts";

type Connect = (self: PyXmlParser, handlers: Handlers) => void;

/** A handler's answer, which must be an int; `otherwise` where there was none. */
function answer(self: PyXmlParser, result: Value | undefined): boolean {
  if (result === undefined) return false;
  const number = asInt32(result);
  if (number === EXC) {
    self.fail();
    return false;
  }
  return number !== 0;
}

/** `(type, quantifier, name, children)`; undefined: too deep. */
function modelTuple(self: PyXmlParser, model: Model): Value | undefined {
  if (enterRecursive(" in conv_content_model")) return undefined;
  const children: Value[] = [];
  for (const child of model.children) {
    const tuple = modelTuple(self, child);
    if (tuple === undefined) break;
    children.push(tuple);
  }
  leaveRecursive();
  if (children.length < model.children.length) return undefined;
  return newTuple([model.type, model.quantifier, self.name(model.name), newTuple(children)]);
}

export const EVENTS = {
  StartElementHandler: (self, handlers) => {
    handlers.startElement = (name, attributes, specified) => {
      self.tell("StartElementHandler", () => [self.name(name), self.attributes(attributes, specified)]);
    };
  },
  EndElementHandler: (self, handlers) => {
    handlers.endElement = (name) => {
      self.tell("EndElementHandler", () => [self.name(name)]);
    };
  },
  ProcessingInstructionHandler: (self, handlers) => {
    handlers.processingInstruction = (target, data) => {
      self.tell("ProcessingInstructionHandler", () => [self.name(target), self.text(data)]);
    };
  },
  CharacterDataHandler: (self, handlers) => {
    handlers.characterData = (text) => self.addText(text);
  },
  UnparsedEntityDeclHandler: (self, handlers) => {
    handlers.unparsedEntity = (...names) => {
      self.tell("UnparsedEntityDeclHandler", () => names.map((name) => self.name(name)));
    };
  },
  NotationDeclHandler: (self, handlers) => {
    handlers.notation = (...names) => {
      self.tell("NotationDeclHandler", () => names.map((name) => self.name(name)));
    };
  },
  StartNamespaceDeclHandler: (self, handlers) => {
    handlers.startNamespace = (prefix, uri) => {
      self.tell("StartNamespaceDeclHandler", () => [self.name(prefix), self.name(uri)]);
    };
  },
  EndNamespaceDeclHandler: (self, handlers) => {
    handlers.endNamespace = (prefix) => {
      self.tell("EndNamespaceDeclHandler", () => [self.name(prefix)]);
    };
  },
  CommentHandler: (self, handlers) => {
    handlers.comment = (text) => {
      self.tell("CommentHandler", () => [self.text(text)]);
    };
  },
  StartCdataSectionHandler: (self, handlers) => {
    handlers.startCdata = () => {
      self.tell("StartCdataSectionHandler", () => []);
    };
  },
  EndCdataSectionHandler: (self, handlers) => {
    handlers.endCdata = () => {
      self.tell("EndCdataSectionHandler", () => []);
    };
  },
  DefaultHandler: (self, handlers) => {
    self.core.expandsEntities = false;
    handlers.default = (text) => {
      self.tell("DefaultHandler", () => [self.text(text)]);
    };
  },
  DefaultHandlerExpand: (self, handlers) => {
    self.core.expandsEntities = true;
    handlers.default = (text) => {
      self.tell("DefaultHandlerExpand", () => [self.text(text)]);
    };
  },
  NotStandaloneHandler: (self, handlers) => {
    handlers.notStandalone = () =>
      answer(
        self,
        self.tell("NotStandaloneHandler", () => []),
      );
  },
  ExternalEntityRefHandler: (self, handlers) => {
    handlers.externalEntity = (context, base, systemId, publicId) => {
      const args = (): Value[] => [self.optional(context), self.name(base), self.name(systemId), self.name(publicId)];
      return answer(self, self.tell("ExternalEntityRefHandler", args));
    };
  },
  StartDoctypeDeclHandler: (self, handlers) => {
    handlers.startDoctype = (name, systemId, publicId, hasSubset) => {
      const args = (): Value[] => [self.name(name), self.name(systemId), self.name(publicId), hasSubset ? 1 : 0];
      self.tell("StartDoctypeDeclHandler", args);
    };
  },
  EndDoctypeDeclHandler: (self, handlers) => {
    handlers.endDoctype = () => {
      self.tell("EndDoctypeDeclHandler", () => []);
    };
  },
  EntityDeclHandler: (self, handlers) => {
    handlers.entityDeclaration = (name, isParameter, value, ...names) => {
      const args = (): Value[] => [
        self.name(name),
        isParameter ? 1 : 0,
        self.optional(value),
        ...names.map((text) => self.name(text)),
      ];
      self.tell("EntityDeclHandler", args);
    };
  },
  XmlDeclHandler: (self, handlers) => {
    handlers.xmlDeclaration = (version, encoding, standalone) => {
      self.tell("XmlDeclHandler", () => [self.optional(version), self.optional(encoding), standalone]);
    };
  },
  ElementDeclHandler: (self, handlers) => {
    handlers.elementDeclaration = (name, model) => {
      const tuple = modelTuple(self, model);
      if (tuple === undefined) self.fail();
      else self.tell("ElementDeclHandler", () => [self.name(name), tuple]);
    };
  },
  AttlistDeclHandler: (self, handlers) => {
    handlers.attributeDeclaration = (element, name, type, value, isRequired) => {
      const args = (): Value[] => [
        self.name(element),
        self.name(name),
        self.optional(type),
        self.optional(value),
        isRequired ? 1 : 0,
      ];
      self.tell("AttlistDeclHandler", args);
    };
  },
  SkippedEntityHandler: (self, handlers) => {
    handlers.skippedEntity = (name, isParameter) => {
      self.tell("SkippedEntityHandler", () => [self.name(name), isParameter ? 1 : 0]);
    };
  },
} satisfies Record<string, Connect>;

export type HandlerName = keyof typeof EVENTS;

/** Which of the core's handlers stands behind a Python handler. */
const CORE: Record<HandlerName, keyof Handlers> = {
  StartElementHandler: "startElement",
  EndElementHandler: "endElement",
  ProcessingInstructionHandler: "processingInstruction",
  CharacterDataHandler: "characterData",
  UnparsedEntityDeclHandler: "unparsedEntity",
  NotationDeclHandler: "notation",
  StartNamespaceDeclHandler: "startNamespace",
  EndNamespaceDeclHandler: "endNamespace",
  CommentHandler: "comment",
  StartCdataSectionHandler: "startCdata",
  EndCdataSectionHandler: "endCdata",
  DefaultHandler: "default",
  DefaultHandlerExpand: "default",
  NotStandaloneHandler: "notStandalone",
  ExternalEntityRefHandler: "externalEntity",
  StartDoctypeDeclHandler: "startDoctype",
  EndDoctypeDeclHandler: "endDoctype",
  EntityDeclHandler: "entityDeclaration",
  XmlDeclHandler: "xmlDeclaration",
  ElementDeclHandler: "elementDeclaration",
  AttlistDeclHandler: "attributeDeclaration",
  SkippedEntityHandler: "skippedEntity",
};

/** Sets a handler, or takes it away with None. */
export function setHandler(self: PyXmlParser, name: HandlerName, handler: Value): void {
  if (handler === null) {
    self.handlers.delete(name);
    self.core.handlers[CORE[name]] = null;
    return;
  }
  self.handlers.set(name, handler);
  (EVENTS[name] as Connect)(self, self.core.handlers);
}
