import { releaseFileSchema, templateFileSchema } from "../src/domain/config/schema/json-schema.ts";
import { reference } from "./reference.ts";

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Everything that is written from the schema of the configuration: texts by path from the root of the project. */
export const documents = (): ReadonlyMap<string, string> =>
  new Map([
    ["schema/release.schema.json", json(releaseFileSchema())],
    ["schema/template.schema.json", json(templateFileSchema())],
    ["docs/configuration-reference.md", reference(releaseFileSchema())],
  ]);
