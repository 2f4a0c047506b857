import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Mutant, mutants } from "./mutants.ts";

/**
 * Takes one protection after the other out of a copy of the code, and shows that the stories of `test/model` notice.
 *
 *     node test/mutants/run.ts [part of a name]
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Stories made up before the kept ones are played, and a mutant counts as not noticed: the same ones for each. */
const most = 3_000;

const [, , wanted = ""] = process.argv;
const nothing: Mutant = { name: "nothing is taken out", file: "package.json", from: "", to: "" };
/** Where the code as it is goes wrong, noticing a mutant means nothing. */
const asIs = await judge(nothing);
if (asIs.noticed) throw new Error(`the code as it is goes wrong already: ${asIs.why}`);

let missed = 0;
for (const mutant of mutants.filter(({ name }) => name.includes(wanted))) {
  const verdict = await judge(mutant);
  if (!verdict.noticed) missed += 1;
  console.log(`${verdict.noticed ? "noticed" : "NOT NOTICED"}: ${mutant.name} (${verdict.why})`);
}
console.log(missed === 0 ? "Each one was noticed." : `${missed} went by unnoticed.`);
process.exitCode = missed === 0 ? 0 : 1;

async function judge(mutant: Mutant): Promise<{ noticed: boolean; why: string }> {
  const copy = mkdtempSync(join(tmpdir(), "mutant-"));
  try {
    for (const part of ["src", "test/model", "playground/github", "templates", "package.json"])
      cpSync(join(root, part), join(copy, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    if (mutant !== nothing && !apply(mutant, copy))
      return { noticed: false, why: `${mutant.file} does not hold its text once` };
    const made = await play(copy, ["--runs", String(most), "--workers", "2", "--seed", "1", "--first"]);
    return made.noticed ? made : await play(copy, ["--kept"]);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function apply({ file, from, to }: Mutant, copy: string): boolean {
  const path = join(copy, file);
  const parts = readFileSync(path, "utf8").split(from);
  if (parts.length !== 2) return false;
  writeFileSync(path, parts.join(to));
  return true;
}

function play(copy: string, options: readonly string[]): Promise<{ noticed: boolean; why: string }> {
  const child = spawn(process.execPath, [join(copy, "test/model/long.ts"), ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => {
      const finding = /^=> (.*)$/m.exec(said)?.[1];
      resolve({ noticed: finding !== undefined, why: finding ?? "all stories went well" });
    });
  });
}
