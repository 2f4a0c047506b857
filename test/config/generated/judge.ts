import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { CORE_SCHEMA, load } from "js-yaml";
import { type ReadConfig, readConfig } from "../../../src/domain/config/read.ts";
import { builtInTemplates } from "../../../src/templates.ts";
import { type Expected, type Mistake, mistakes } from "./mistakes.ts";
import { mutations } from "./mutated.ts";
import { checklists, styles } from "./valid.ts";
import { Mapping, type Node, type Path, writeYaml } from "./yaml.ts";

const file = ".github/release.yml";
const templates = builtInTemplates();

/** Throws when something is not as it has to be for any text whatsoever; gives what was read. */
export function judgeText(text: string): ReadConfig {
  const config = readConfig(text, file, templates);
  const errors = config.findings.filter(({ severity }) => severity === "error");
  demand(
    errors.length > 0 === (config.kind === "broken"),
    "broken, and nothing found; or the other way round",
  );
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  for (const finding of config.findings) {
    const { line, column, message } = finding;
    const inside = line >= 1 && column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1;
    demand(inside, `outside of the text: ${JSON.stringify(finding)}`);
    demand(!/[\r\n]|undefined|\[object/.test(message), `no sentence: ${message}`);
  }
  return config;
}

function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

const schema = new Ajv().compile(JSON.parse(readFileSync("schema/release.schema.json", "utf8")));

/** What is valid is taken for valid, and by editors as well. */
export function judgeValid(runs: number): void {
  fc.assert(
    fc.property(checklists, styles, (checklist, style) => {
      const { text } = writeYaml(checklist, style);
      const { kind, findings } = judgeText(text);
      demand(kind === "valid", `${JSON.stringify(findings, null, 1)}\n${text}`);
      const known = schema(load(text.replace(/^\ufeff/, ""), { schema: CORE_SCHEMA }));
      demand(known === true, `editors refuse it: ${JSON.stringify(schema.errors)}\n${text}`);
    }),
    { numRuns: runs },
  );
}

/** One mistake in anything that is valid: found alone, with its words, where it was made. */
export function judgeMistake(mistake: Mistake, runs: number): void {
  const numbers = fc.array(fc.nat(9), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(checklists, styles, numbers, (valid, style, choices) => {
      const checklist = copy(valid) as Mapping;
      let next = 0;
      const expected = mistake.make(checklist, (count) => (choices[next++ % choices.length] ?? 0) % count);
      const written = writeYaml(checklist, style);
      const found = judgeText(written.text)
        .findings.filter(({ severity }) => severity === "error")
        .map(({ line, column, key, message }) => ({ line, column, key, message }));
      const key = expected.syntax ? "" : dotted(expected.path);
      const { line, column } = written.place(expected.path, expected.at, expected.nth);
      const wanted = [{ line, column, key, message: expected.message }];
      const [is, should] = [JSON.stringify(found, null, 1), JSON.stringify(wanted, null, 1)];
      demand(is === should, `found ${is}\ninstead of ${should}\nin\n${written.text}`);
    }),
    { numRuns: runs },
  );
}

/**
 * Two mistakes in items of their own: nothing is found but these, and mostly both at once. What YAML itself forbids
 * hides the rest. Gives the share of those with both.
 */
export function judgePairs(runs: number): number {
  const single = fc.constantFrom(...mistakes.filter(({ inItem }) => inItem));
  const numbers = fc.array(fc.nat(9), { minLength: 1, maxLength: 6 });
  let both = 0;
  fc.assert(
    fc.property(checklists, styles, single, single, numbers, (valid, style, one, other, choices) => {
      const checklist = copy(valid) as Mapping;
      let next = 0;
      const pick = (count: number) => (choices[next++ % choices.length] ?? 0) % count;
      const first = one.make(checklist, pick);
      rename(checklist, first.path, "first");
      const second = other.make(checklist, pick);
      const written = writeYaml(checklist, style);
      const wanted = [shifted(first, second.path), second].map((expected) => {
        const { line, column } = written.place(expected.path, expected.at, expected.nth);
        return `${line}:${column} ${expected.message}`;
      });
      const found = judgeText(written.text)
        .findings.filter(({ severity }) => severity === "error")
        .map(({ line, column, message }) => `${line}:${column} ${message}`);
      const alien = found.filter((one) => !wanted.includes(one));
      demand(
        found.length > 0 && alien.length === 0,
        `found ${found.join("\n")}\nof ${wanted.join("\n")}\nin\n${written.text}`,
      );
      if (found.length === new Set(wanted).size) both++;
    }),
    { numRuns: runs },
  );
  return both / runs;
}

/** The second item may have been put before the first. */
function shifted(expected: Expected, by: Path): Expected {
  const [top = "", list = "", index, ...rest] = expected.path;
  const moved = Number(by[2]) <= Number(index) ? 1 : 0;
  return { ...expected, path: [top, list, Number(index) + moved, ...rest] };
}

/** Two items of one id would be a mistake of their own. */
function rename(checklist: Mapping, path: Path, id: string): void {
  const item = (checklist.get("items") as readonly Mapping[])[Number(path[2])];
  const at = item?.entries.findIndex(([key, value]) => key === "id" && value === "wrong") ?? -1;
  if (item !== undefined && at >= 0) item.entries[at] = ["id", id];
}

/** How many of them were what. */
export type Tally = Record<ReadConfig["kind"], number>;

/** Whatever becomes of a valid file: never a crash, and either valid or a finding inside of it. */
export function judgeMutated(runs: number): Tally {
  const tally: Tally = { none: 0, valid: 0, broken: 0 };
  fc.assert(
    fc.property(checklists, styles, mutations, (checklist, style, mutate) => {
      tally[judgeText(mutate(writeYaml(checklist, style).text)).kind]++;
    }),
    { numRuns: runs },
  );
  return tally;
}

const copy = (node: Node): Node => {
  if (node instanceof Mapping)
    return new Mapping(node.entries.map(([key, value]) => [key, copy(value)] as [string, Node]));
  return Array.isArray(node) ? node.map((one) => copy(one as Node)) : node;
};

const dotted = (path: Path): string =>
  path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`),
    "",
  );
