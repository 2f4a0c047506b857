import { mkdir, writeFile } from "node:fs/promises";
import { makePictures } from "./pictures.ts";

/** Draws the pictures of the documentation: `npm run pictures`. */
const directory = new URL("../../docs/images/", import.meta.url);
await mkdir(directory, { recursive: true });
for (const [name, svg] of await makePictures()) {
  await writeFile(new URL(name, directory), svg);
  process.stdout.write(`docs/images/${name}\n`);
}
