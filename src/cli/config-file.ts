import { readFileSync } from "node:fs";
import { Cannot } from "./cannot.ts";

/** Where a repository keeps its configuration, in the order in which it is looked for. */
export const usualFiles = [".github/release.yml", ".github/release-checklist.yml"] as const;

export interface ConfigFile {
  readonly file: string;
  readonly text: string;
}

/** The file that was named, or the first of the usual ones that is there. */
export function readConfigFile(asked: string | undefined): ConfigFile {
  const problems: string[] = [];
  for (const file of asked === undefined ? usualFiles : [asked]) {
    try {
      return { file, text: readFileSync(file, "utf8") };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      problems.push(`${file} cannot be read: ${code === "ENOENT" ? "there is no such file" : code}`);
      // Only a file that is not there lets the next one count.
      if (code !== "ENOENT") break;
    }
  }
  throw new Cannot(problems.join("\n"));
}
