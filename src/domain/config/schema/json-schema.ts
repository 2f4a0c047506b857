import * as z from "zod";
import { checklistSchema, templateSchema } from "./checklist-schema.ts";

/** A JSON Schema, as far as it is looked into here. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly [keyword: string]: unknown;
}

/** Editors know this version best. */
const version = "http://json-schema.org/draft-07/schema#";

/** Of the whole `.github/release.yml`, with GitHub's own part. */
export const releaseFileSchema = (): JsonSchema => ({
  $schema: version,
  title: "Release Checklist",
  description: "`.github/release.yml`: the release checklist of a repository, beside GitHub's release notes.",
  type: "object",
  properties: {
    checklist: {
      ...withoutVersion(checklistSchema),
      // `checklist:` with nothing behind it: everything as it is by default.
      type: ["object", "null"],
      description: "What a release pull request must go through before it can be merged.",
    },
    changelog: githubChangelog,
  },
});

/** Of a built-in template. */
export const templateFileSchema = (): JsonSchema => ({
  $schema: version,
  title: "Template of Release Checklist",
  ...withoutVersion(templateSchema),
});

function withoutVersion(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", target: "draft-7" });
  // Of zod's own class only the plain values count.
  return JSON.parse(JSON.stringify(rest)) as JsonSchema;
}

const texts = (description: string): JsonSchema => ({
  description,
  type: ["array", "null"],
  items: { type: "string" },
});

const exclusion = (what: string): JsonSchema => ({
  description: `Pull requests that are left out of ${what}.`,
  type: ["object", "null"],
  properties: {
    labels: texts("Those with one of these labels."),
    authors: texts("Those of one of these authors."),
  },
});

/**
 * GitHub's part of the file: for what it is documented to be, and open for what GitHub adds.
 *
 * @see https://docs.github.com/en/repositories/releasing-projects-on-github/automatically-generated-release-notes
 */
const githubChangelog: JsonSchema = {
  description: "GitHub's own: how the notes of a release are generated. The checklist does not look at it.",
  type: ["object", "null"],
  properties: {
    exclude: exclusion("the notes"),
    categories: {
      description: "Headings of the notes, in order.",
      type: ["array", "null"],
      items: {
        type: "object",
        required: ["title", "labels"],
        properties: {
          title: { description: "The heading.", type: "string" },
          labels: {
            description: 'Labels of which a pull request carries one to stand here. "*": all that are left.',
            type: "array",
            items: { type: "string" },
          },
          exclude: exclusion("this category"),
        },
      },
    },
  },
};
