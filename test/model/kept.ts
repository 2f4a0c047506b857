import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Story } from "./story.ts";

/** Stories that went wrong once, as data, so that they stay the same when others are made up in another way. */
const folder = fileURLToPath(new URL("stories", import.meta.url));

export interface KeptStory {
  /** What holds now, and did not. */
  readonly what: string;
  readonly story: Story;
}

export const keptStories = (): KeptStory[] =>
  readdirSync(folder)
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as KeptStory);

/** Returns the name of the file. */
export function keepStory(what: string, story: Story): string {
  const words = what.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const file = join(folder, `${words.join("-").slice(0, 100)}.json`);
  writeFileSync(file, `${JSON.stringify({ what, story } satisfies KeptStory, null, 2)}\n`);
  return file;
}
