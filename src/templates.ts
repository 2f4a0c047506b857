import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const directory = fileURLToPath(new URL("../templates/", import.meta.url));

let read: ReadonlyMap<string, string> | null = null;

/** The built-in templates: their YAML text by name. Read once; works from `src/` and from `dist/`. */
export function builtInTemplates(): ReadonlyMap<string, string> {
  read ??= new Map(
    readdirSync(directory)
      .filter((file) => file.endsWith(".yml"))
      .sort()
      .map((file) => [basename(file, ".yml"), readFileSync(join(directory, file), "utf8")]),
  );
  return read;
}
