import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** What to do where there is none. */
export const howToGetChromium =
  "There is no Chromium here: install it (on Debian: apt-get install --no-install-recommends chromium), or name its executable in CHROMIUM.";

/** Where Chromium is on this machine: what the variable CHROMIUM names, else where distributions put it. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM;
  return (named ? [named] : usual).find((path) => existsSync(path));
}

/** @throws Error that says how to get one, when there is no Chromium */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(howToGetChromium);
  // Chromium does not put root into its sandbox; what it shows here is our own.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args });
}
