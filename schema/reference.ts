import type { JsonSchema } from "../src/domain/config/schema/json-schema.ts";

const head = `# Configuration reference

Every key of \`.github/release.yml\`, written by \`npm run schema\` from the schema that the app reads the file with.
[Configuration](configuration.md) explains them with examples. Editors take the same from
[release.schema.json](../schema/release.schema.json).
`;

/** The page with one table for each mapping of the file. */
export function reference(file: JsonSchema): string {
  const checklist = file.properties?.checklist;
  if (checklist === undefined) throw new Error("The schema has no checklist");
  return [head, ...sections("checklist", checklist)].join("\n");
}

function sections(path: string, schema: JsonSchema): string[] {
  const { properties } = schema;
  if (properties === undefined) return [];
  const required = new Set(schema.required ?? []);
  const rows = Object.entries(properties).map(([key, value]) => {
    const name = required.has(key) ? `\`${key}\` (required)` : `\`${key}\``;
    return [name, typeOf(value, `${path}.${key}`), cell(value.description ?? "")];
  });
  const said = path === "checklist" || schema.description === undefined ? [] : [schema.description, ""];
  return [
    `## \`${path}\``,
    "",
    ...said,
    ...table(["key", "value", "meaning"], rows),
    "",
    ...Object.entries(properties).flatMap(([key, value]) => below(`${path}.${key}`, value)),
  ];
}

/** With columns as wide as their widest cell, as the formatter has them. */
function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = titles.map((title, at) =>
    Math.max(...[title, ...rows.map((row) => row[at] ?? "")].map(width)),
  );
  const lineOf = (cells: readonly string[], fill = " ") =>
    `| ${cells.map((text, at) => text + fill.repeat((widths[at] ?? 0) - width(text))).join(" | ")} |`;
  return [
    lineOf(titles),
    lineOf(
      titles.map(() => ""),
      "-",
    ),
    ...rows.map((row) => lineOf(row)),
  ];
}

const width = (text: string): number => [...text].length;

/** Mappings that a value may hold, each with a section of its own. */
function below(path: string, schema: JsonSchema): string[] {
  return [
    ...sections(path, schema),
    ...(schema.items === undefined ? [] : below(`${path}[]`, schema.items)),
    ...(typeof schema.additionalProperties === "object"
      ? below(`${path}.<name>`, schema.additionalProperties)
      : []),
    ...(schema.anyOf ?? []).flatMap((one) => below(path, one)),
  ];
}

function typeOf(schema: JsonSchema, path: string): string {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return oneOf(schema.enum.map(code));
  if (schema.properties !== undefined) return `a [mapping](#${anchor(path)})`;
  if (schema.anyOf !== undefined) return eitherOf(schema.anyOf, path);
  switch (schema.type) {
    case "string":
      return "text";
    case "boolean":
      return "`true` or `false`";
    case "integer":
      return `a number from ${schema.minimum} to ${schema.maximum}`;
    case "array":
      return `a list of ${plural(typeOf(schema.items ?? {}, `${path}[]`))}`;
    default:
      return typeof schema.additionalProperties === "object"
        ? `a mapping, each name with ${typeOf(schema.additionalProperties, `${path}.<name>`)}`
        : "a mapping";
  }
}

/** A list of what may stand alone is only said to be possible. */
function eitherOf(branches: readonly JsonSchema[], path: string): string {
  const alone = branches.filter((one) => one.type !== "array");
  const types = new Set(alone.map((one) => typeOf(one, path)));
  const listed = branches.some(
    ({ type, items }) =>
      type === "array" && alone.some((one) => JSON.stringify(one) === JSON.stringify(items)),
  );
  const others = branches.filter((one) => one.type === "array" && !listed);
  const words = oneOf([...types, ...others.map((one) => typeOf(one, path))]);
  return listed ? `${words}, or a list of them` : words;
}

const plural = (type: string): string =>
  type.replace(/^text/, "texts").replace(/^a \[mapping\]/, "[mappings]");

const code = (value: unknown): string => `\`${String(value)}\``;

const oneOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

/** As GitHub makes it from the section's heading. */
const anchor = (path: string): string => path.toLowerCase().replace(/[^a-z0-9_-]/g, "");

const cell = (text: string): string => text.replaceAll("|", "\\|");
