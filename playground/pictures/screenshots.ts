import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { pageUntil } from "../history/page.ts";
import { worldChoices } from "../serve/choices.ts";
import { servePage } from "../serve/server.ts";
import { launchChromium } from "./chromium.ts";

/** Takes the pictures of the playground's page and of the report for the documentation, in Chromium: `npm run screenshots`. */

interface Shot {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
  /** From a fresh page to what is to be seen. */
  readonly act: (page: Page) => Promise<void>;
}

const shots: readonly Shot[] = [
  {
    name: "playground.png",
    width: 1280,
    height: 900,
    act: async (page) => {
      await page.getByRole("button", { name: "Let all pass" }).click();
      await page.getByRole("button", { name: "Fail check staging-e2e" }).click();
      await be(page, "carol");
      await page.getByRole("checkbox", { name: "Acceptance criteria verified" }).click();
      await page.getByRole("cell", { name: /signed by carol/ }).waitFor();
      await be(page, "bob");
      await page.getByRole("checkbox", { name: /^Rollback plan confirmed/ }).click();
      await page.getByText("⚠ the tick of bob was taken back").waitFor();
      await page.getByText("Blocked: staging-e2e failed").first().waitFor();
    },
  },
  {
    name: "playground-editor.png",
    width: 1280,
    height: 900,
    dark: true,
    act: async (page) => {
      await page.getByRole("link", { name: "Configuration" }).click();
      await page.getByText("title: CI is green").click();
      await page.keyboard.press("Home");
      await page.keyboard.press("Delete");
      await page.keyboard.insertText("T");
      await page.locator(".cm-lint-marker-error").waitFor();
      await page.getByText("Broken: 1 mistake").waitFor();
    },
  },
  {
    name: "playground-phone.png",
    width: 360,
    height: 780,
    act: async (page) => {
      await page.getByRole("heading", { name: "Release checklist", level: 3 }).scrollIntoViewIfNeeded();
      await page.evaluate("scrollTo(0, document.querySelector('#title').offsetTop - 12)");
    },
  },
];

const be = (page: Page, login: string) => page.getByRole("radio", { name: new RegExp(`^${login}`) }).check();

async function take(browser: Browser, url: string, shot: Shot): Promise<string> {
  const { name, width, height, dark = false, act } = shot;
  const path = fileURLToPath(new URL(`../../docs/images/${name}`, import.meta.url));
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
  });
  await page.goto(url);
  await page.getByRole("article").waitFor();
  await act(page);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
  await page.close();
  return `docs/images/${name}`;
}

/** The top of the report over half a year that is made up. */
async function takeReport(browser: Browser): Promise<string> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1120 }, colorScheme: "light" });
  await page.setContent(await pageUntil(Date.parse("2026-06-29T00:00:00Z")));
  await page.screenshot({ path: fileURLToPath(new URL("../../docs/images/report.png", import.meta.url)) });
  await page.close();
  return "docs/images/report.png";
}

await mkdir(new URL("../../docs/images/", import.meta.url), { recursive: true });
const browser = await launchChromium();
const server = await servePage(0, { pace: { reading: 2_000, deadline: 15_000 } });
try {
  process.stdout.write(`${await takeReport(browser)}\n`);
  for (const shot of shots) {
    await server.session.start(worldChoices[0].name);
    process.stdout.write(`${await take(browser, server.url, shot)}\n`);
  }
} finally {
  await Promise.all([browser.close(), server.close()]);
}
