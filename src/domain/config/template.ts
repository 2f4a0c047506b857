import { didYouMean } from "./nearest.ts";
import { type RawTemplate, templateSchema } from "./schema/checklist-schema.ts";
import { troublesOf, words } from "./schema/issues.ts";
import { oneOf, quoted } from "./words.ts";
import { toPlain } from "./yaml/plain.ts";
import { parseYaml } from "./yaml/tree.ts";

/** The template that applies where neither items nor templates are named. */
export const defaultTemplate = "default";

/** Reads a built-in template; a sentence when there is none of that name or it is broken. */
export function readTemplate(name: string, templates: ReadonlyMap<string, string>): RawTemplate | string {
  const text = templates.get(name);
  if (text === undefined) {
    const known = [...templates.keys()];
    return `There is no template ${quoted(name)}${didYouMean(name, known) || `: known is ${oneOf(known)}`}`;
  }
  const parsed = parseYaml(text);
  const root = parsed.kind === "documents" ? parsed.documents[0] : undefined;
  if (root === undefined) return `The template ${quoted(name)} is broken: it is no valid YAML`;
  const plain = toPlain(root, []);
  const result = templateSchema.safeParse(plain.value, { error: words });
  const trouble = plain.troubles[0] ?? troublesOf(result.error?.issues ?? [], [])[0];
  if (trouble !== undefined || result.data === undefined) {
    return `The template ${quoted(name)} is broken: ${trouble?.path.join(".")}: ${trouble?.message}`;
  }
  return result.data;
}
