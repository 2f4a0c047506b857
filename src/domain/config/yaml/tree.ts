import { CORE_SCHEMA, constructFromEvents, EVENT_ID, type Event, getScalarValue, parseEvents } from "js-yaml";
import type { MapEntry, YamlNode } from "./node.ts";
import { explain, type SyntaxMistake, unknownAlias, unquoted, wordAt } from "./syntax.ts";

export type ParsedYaml =
  | { readonly kind: "documents"; readonly documents: readonly YamlNode[] }
  | { readonly kind: "mistake"; readonly mistake: SyntaxMistake };

const maxDepth = 32;

/**
 * Reads YAML 1.2 (core schema) into nodes that know their place.
 *
 * js-yaml's own documents and its AST carry no positions, so the nodes are built from its events.
 * Unknown tags, unknown aliases and the like become `bad` nodes: what stands in GitHub's own keys is not ours to judge.
 */
export function parseYaml(text: string): ParsedYaml {
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth });
  } catch (error) {
    return { kind: "mistake", mistake: explain(text, reasonOf(error), offsetOf(error)) };
  }
  return { kind: "documents", documents: new TreeBuilder(text).build(events) };
}

interface Open {
  readonly kind: "document" | "list" | "map";
  readonly start: number;
  readonly anchor: string | null;
  readonly children: YamlNode[];
}

class TreeBuilder {
  readonly #text: string;
  readonly #anchors = new Map<string, YamlNode>();
  readonly #open: Open[] = [];
  readonly #documents: YamlNode[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  build(events: readonly Event[]): readonly YamlNode[] {
    for (const event of events) this.#take(event);
    return this.#documents;
  }

  #take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        this.#anchors.clear();
        this.#open.push({ kind: "document", start: 0, anchor: null, children: [] });
        return;
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING: {
        const kind = event.type === EVENT_ID.SEQUENCE ? "list" : "map";
        const start = firstOf(event.anchorStart - 1, event.tagStart, event.start);
        this.#open.push({
          kind,
          start,
          anchor: this.#slice(event.anchorStart, event.anchorEnd),
          children: [],
        });
        return;
      }
      case EVENT_ID.SCALAR:
        this.#add(this.#scalar(event), this.#slice(event.anchorStart, event.anchorEnd));
        return;
      case EVENT_ID.ALIAS:
        this.#add(this.#alias(event.anchorStart, event.anchorEnd), null);
        return;
      case EVENT_ID.POP:
        this.#close();
        return;
    }
  }

  #scalar(event: Extract<Event, { type: typeof EVENT_ID.SCALAR }>): YamlNode {
    const quotes = event.style === 2 || event.style === 3 ? 1 : 0;
    const start = firstOf(
      event.anchorStart - 1,
      event.tagStart,
      event.valueStart === -1 ? -1 : event.valueStart - quotes,
    );
    try {
      const raw = getScalarValue(this.#text, event);
      const document = { type: EVENT_ID.DOCUMENT, explicitStart: false, explicitEnd: false, directives: [] };
      // An anchor would only be registered for aliases, which are resolved here.
      const bare = { ...event, anchorStart: -1, anchorEnd: -1 };
      const [value] = constructFromEvents([document, bare, { type: EVENT_ID.POP }], {
        source: this.#text,
        schema: CORE_SCHEMA,
      });
      return { kind: "scalar", value, raw, start };
    } catch (error) {
      const word = wordAt(this.#text, Math.max(start, 0));
      const message = word.startsWith("!!")
        ? `${JSON.stringify(word)} has a tag that does not fit: leave the tag out`
        : word.startsWith("!")
          ? unquoted(word)
          : `This is no valid YAML: ${reasonOf(error)}`;
      return { kind: "bad", message, start };
    }
  }

  /** An alias of something that is still open would be a circle: it is unknown until the end of what it names. */
  #alias(from: number, to: number): YamlNode {
    const start = from - 1;
    const node = this.#anchors.get(this.#text.slice(from, to));
    return node ?? { kind: "bad", message: unknownAlias(wordAt(this.#text, start)), start };
  }

  #close(): void {
    const { kind, start, anchor, children } = this.#open.pop() as Open;
    if (kind === "document") {
      this.#documents.push(children[0] ?? { kind: "scalar", value: null, raw: "", start: -1 });
    } else if (kind === "list") {
      this.#add({ kind, items: children, start }, anchor);
    } else {
      const entries: MapEntry[] = [];
      for (let at = 0; at + 1 < children.length; at += 2) {
        entries.push({ key: children[at] as YamlNode, value: children[at + 1] as YamlNode });
      }
      this.#add({ kind, entries, start }, anchor);
    }
  }

  #add(node: YamlNode, anchor: string | null): void {
    if (anchor !== null) this.#anchors.set(anchor, node);
    this.#open.at(-1)?.children.push(node);
  }

  #slice(from: number, to: number): string | null {
    return from === -1 ? null : this.#text.slice(from, to);
  }
}

/** The first of the offsets that is there; `anchorStart - 1` is -2 when there is no anchor. */
function firstOf(...offsets: readonly number[]): number {
  const there = offsets.filter((offset) => offset >= 0);
  return there.length === 0 ? -1 : Math.min(...there);
}

function reasonOf(error: unknown): string {
  const reason = (error as { reason?: unknown }).reason;
  return typeof reason === "string" ? reason : String(error);
}

function offsetOf(error: unknown): number {
  const position = (error as { mark?: { position?: unknown } }).mark?.position;
  return typeof position === "number" ? position : 0;
}
