import type { RawChecklist, RawItem } from "../schema/checklist-schema.ts";
import { checklistSchema } from "../schema/checklist-schema.ts";
import { asList } from "../schema/fields.ts";
import type { Path } from "../trouble.ts";
import { entryOf, type YamlNode } from "../yaml/node.ts";
import { toPlain } from "../yaml/plain.ts";

/** A name in the file of which only GitHub, or the server, knows whether it means anything. */
export interface Mention {
  readonly kind: "team" | "target" | "environment" | "check" | "workflow";
  /** As written; a team as `org/slug`. */
  readonly name: string;
  readonly path: Path;
}

const key = "checklist";
const teamName = /^@([^/]+\/[^/]+)$/;

/** All of them, in the order of the file. Empty where the file is not valid in itself. */
export function mentionsIn(root: YamlNode): Mention[] {
  const entry = entryOf(root, key);
  if (entry === undefined) return [];
  const plain = toPlain(entry.value, [key]);
  const result = checklistSchema.safeParse(plain.value ?? {});
  return plain.troubles.length === 0 && result.success ? mentionsOf(result.data, [key]) : [];
}

function mentionsOf(raw: RawChecklist, at: Path): Mention[] {
  const slots = Object.entries(raw.checks ?? {}).flatMap(([slot, check]) =>
    ofCheck(check, [...at, "checks", slot]),
  );
  const rights = Object.entries(raw.may ?? {}).flatMap(([right, parties]) =>
    teams(parties, [...at, "may", right]),
  );
  const items = (raw.items ?? []).flatMap((item, index): Mention[] => {
    const path = [...at, "items", index];
    return [
      ...ofCheck(item.check, [...path, "check"]),
      ...(item.deployment === undefined
        ? []
        : [
            {
              kind: "environment" as const,
              name: item.deployment.environment,
              path: [...path, "deployment", "environment"],
            },
          ]),
      ...environmentOf(item.wait, [...path, "wait"]),
      ...each(item.notify?.to, [...path, "notify", "to"]).flatMap(({ text, path: place }) =>
        text.startsWith("@") ? team(text, place) : [{ kind: "target" as const, name: text, path: place }],
      ),
      ...teams(item.signers?.from, [...path, "signers", "from"]),
    ];
  });
  return [...slots, ...rights, ...items];
}

function ofCheck(check: NonNullable<RawChecklist["checks"]>[string] | undefined, path: Path): Mention[] {
  if (check === undefined) return [];
  if (typeof check === "string") return [{ kind: "check", name: check, path }];
  const { name, workflow } = check;
  return [
    ...(name === undefined ? [] : [{ kind: "check" as const, name, path: [...path, "name"] }]),
    ...(workflow === undefined
      ? []
      : [{ kind: "workflow" as const, name: workflow, path: [...path, "workflow"] }]),
  ];
}

const environmentOf = (wait: RawItem["wait"], path: Path): Mention[] =>
  typeof wait === "object" && wait.environment !== undefined
    ? [{ kind: "environment", name: wait.environment, path: [...path, "environment"] }]
    : [];

const teams = (parties: string | string[] | undefined, path: Path): Mention[] =>
  each(parties, path).flatMap(({ text, path: place }) => team(text, place));

function team(text: string, path: Path): Mention[] {
  const name = teamName.exec(text)?.[1];
  return name === undefined ? [] : [{ kind: "team", name, path }];
}

/** One or several texts, each with its own place. */
function each(texts: string | string[] | undefined, path: Path): { text: string; path: Path }[] {
  if (texts === undefined) return [];
  return Array.isArray(texts)
    ? texts.map((text, index) => ({ text, path: [...path, index] }))
    : asList(texts).map((text) => ({ text, path }));
}
