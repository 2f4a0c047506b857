/** Writes YAML in many styles, and knows where it has put every key and value. */

/** A value as it is to stand in the file. Mappings are lists of pairs, so that a key can stand there twice. */
export type Node = string | number | boolean | null | Raw | readonly Node[] | Mapping;

/** Text that is written as it is, wrong or not. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export class Mapping {
  readonly entries: [string, Node][];
  constructor(entries: [string, Node][]) {
    this.entries = entries;
  }
  get(key: string): Node | undefined {
    return this.entries.find(([name]) => name === key)?.[1];
  }
}

export type Path = readonly (string | number)[];

export interface Place {
  /** 1-based, as editors count. */
  readonly line: number;
  readonly column: number;
}

export interface Style {
  /** Consumed one after the other, again and again: what is written how. */
  readonly choices: readonly number[];
  readonly eol: "\n" | "\r\n" | "\r";
  readonly bom: boolean;
  /** Lines above everything, such as GitHub's own part of the file. */
  readonly above: readonly string[];
}

export interface Written {
  readonly text: string;
  /** Where a value is to be pointed at, or its key: of what is not written, the nearest above it. */
  place(path: Path, at: "key" | "value", nth?: number): Place;
  /** Lines whose indentation may be spoilt. */
  readonly indented: readonly number[];
}

interface Spot {
  readonly key: Place | null;
  readonly value: Place;
  readonly simple: boolean;
}

/** The file with this under the key `checklist`. */
export function writeYaml(checklist: Mapping, style: Style): Written {
  const writer = new Writer(style);
  writer.top(checklist);
  return writer.result();
}

const plain = /^[A-Za-z][A-Za-z0-9 ./_-]*[A-Za-z0-9]$/;
const words = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

class Writer {
  readonly #style: Style;
  readonly #spots = new Map<string, Spot[]>();
  #text = "";
  #line = 1;
  #column = 1;
  #next = 0;

  constructor(style: Style) {
    this.#style = style;
    if (style.bom) this.#text = "\ufeff";
    for (const line of style.above) {
      this.#put(line);
      this.#end();
    }
  }

  top(checklist: Mapping): void {
    this.#entry("checklist", checklist, ["checklist"], 0);
  }

  result(): Written {
    const spots = this.#spots;
    const lines = this.#text.split(/\r\n|\r|\n/);
    return {
      text: this.#text,
      indented: lines.flatMap((line, index) => (/^ +(?:- )?[a-z-]+:/.test(line) ? [index + 1] : [])),
      place(path, at, nth = 0) {
        for (let length = path.length; length > 0; length--) {
          const spot = spots.get(JSON.stringify(path.slice(0, length)))?.[length === path.length ? nth : 0];
          if (spot === undefined) continue;
          const exact = length === path.length;
          return (at === "key" && exact) || !spot.simple ? (spot.key ?? spot.value) : spot.value;
        }
        return { line: 1, column: 1 };
      },
    };
  }

  #choose(count: number): number {
    const { choices } = this.#style;
    return (choices[this.#next++ % choices.length] ?? 0) % count;
  }

  #put(text: string): void {
    this.#text += text;
    this.#column += text.length;
  }

  #end(): void {
    this.#text += this.#style.eol;
    this.#line++;
    this.#column = 1;
  }

  #here(): Place {
    return { line: this.#line, column: this.#column };
  }

  #note(path: Path, spot: Spot): void {
    const key = JSON.stringify(path);
    this.#spots.set(key, [...(this.#spots.get(key) ?? []), spot]);
  }

  /** `key: value`, with what belongs to it on the lines below. */
  #entry(name: string, value: Node, path: Path, indent: number): void {
    const key = this.#here();
    this.#put(`${this.#keyText(name)}:`);
    const nested = isNested(value) && this.#choose(4) > 0;
    if (nested) {
      this.#note(path, { key, value: key, simple: false });
      this.#remark();
      this.#end();
      this.#below(value, path, indent + (this.#choose(2) + 1) * 2);
      return;
    }
    this.#put(" ".repeat(this.#choose(3) + 1));
    this.#flow(value, path, key);
    this.#remark();
    this.#end();
  }

  #keyText(name: string): string {
    if (!/^[a-z][\w-]*$/i.test(name)) return name === "<<" ? name : JSON.stringify(name);
    return this.#choose(12) === 0 ? JSON.stringify(name) : name;
  }

  #below(value: Mapping | readonly Node[], path: Path, indent: number): void {
    if (value instanceof Mapping) {
      for (const [name, one] of value.entries) {
        this.#put(" ".repeat(indent));
        this.#entry(name, one, [...path, name], indent);
      }
      return;
    }
    for (const [index, one] of value.entries()) {
      const place = [...path, index];
      this.#put(`${" ".repeat(indent)}- `);
      if (one instanceof Mapping && one.entries.length > 0 && this.#choose(4) > 0) {
        this.#note(place, { key: null, value: this.#here(), simple: true });
        for (const [at, [name, inner]] of one.entries.entries()) {
          if (at > 0) this.#put(" ".repeat(indent + 2));
          this.#entry(name, inner, [...place, name], indent + 2);
        }
      } else {
        this.#flow(one, place, null);
        this.#remark();
        this.#end();
      }
    }
  }

  /** On one line: `{ a: b }`, `[a, b]`, `text`. */
  #flow(value: Node, path: Path, key: Place | null): void {
    const start = this.#here();
    // What stands in a list has no key: its own beginning is shown.
    this.#note(path, { key, value: start, simple: key === null || !isCollection(value) });
    if (value instanceof Mapping) {
      this.#put("{ ");
      for (const [at, [name, one]] of value.entries.entries()) {
        if (at > 0) this.#put(", ");
        const place = this.#here();
        this.#put(`${this.#keyText(name)}: `);
        this.#flow(one, [...path, name], place);
      }
      this.#put(" }");
    } else if (Array.isArray(value)) {
      this.#put("[");
      for (const [at, one] of value.entries()) {
        if (at > 0) this.#put(", ");
        this.#flow(one, [...path, at], null);
      }
      this.#put("]");
    } else {
      this.#put(this.#scalar(value as Exclude<Node, Mapping | readonly Node[]>));
    }
  }

  #scalar(value: string | number | boolean | null | Raw): string {
    if (value instanceof Raw) return value.text;
    if (typeof value !== "string") return String(value);
    const style = this.#choose(3);
    if (style === 0 && plain.test(value) && !words.test(value)) return value;
    if (style === 1 && /^[\x20-\x7e\u00a0-\ud7ff]*$/.test(value)) return `'${value.replaceAll("'", "''")}'`;
    return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escaped);
  }

  #remark(): void {
    if (this.#choose(9) === 0) this.#put(" # see the handbook");
  }
}

const escaped = (character: string): string =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;

const isCollection = (value: Node): boolean => value instanceof Mapping || Array.isArray(value);

const isNested = (value: Node): value is Mapping | readonly Node[] =>
  value instanceof Mapping ? value.entries.length > 0 : Array.isArray(value) && value.length > 0;
