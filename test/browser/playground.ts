import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { findChromium, howToGetChromium, launchChromium } from "../../playground/pictures/chromium.ts";
import { type AppProcess, start } from "../start/app-process.ts";

const directory = new URL("../..", import.meta.url).pathname;
const address = /The playground is at (http:\/\/127\.0\.0\.1:\d+)\./;

/** A window in a browser, and all that it complained about. */
export interface Window {
  readonly page: Page;
  /** Errors and warnings of the console, scripts that broke, and requests to elsewhere. */
  readonly complaints: readonly string[];
}

export interface Playground {
  /** Opens the page in a fresh world, with its pull request there. */
  open(options?: {
    readonly width?: number;
    readonly dark?: boolean;
    readonly choice?: string;
  }): Promise<Window>;
  /** Opens the page as it is. */
  look(options?: { readonly width?: number; readonly dark?: boolean }): Promise<Window>;
  /** Ends the playground, as Ctrl+C does. */
  stop(): Promise<void>;
}

/** Stories in a real browser, with a playground of their own. Without a Chromium they are left out, loudly; not in CI. */
export function inBrowser(name: string, tell: (playground: Playground) => void): void {
  const there = findChromium() !== undefined;
  if (!there && process.env.CI !== undefined) throw new Error(howToGetChromium);
  if (!there) process.stderr.write(`\nLEFT OUT: ${name}. ${howToGetChromium}\n\n`);
  (there ? describe : describe.skip)(name, () => {
    let server: AppProcess;
    let browser: Browser;
    let url = "";
    beforeAll(async () => {
      server = start("../../playground/main.ts", {}, directory);
      [[, url = ""], browser] = await Promise.all([server.seen(address), launchChromium()]);
    });
    const stop = async (): Promise<void> => {
      server?.child.kill("SIGINT");
      await server?.ended;
    };
    afterAll(async () => {
      await browser?.close();
      await stop();
    });
    const look: Playground["look"] = ({ width = 1280, dark = false } = {}) =>
      openWindow(browser, url, { width, dark });
    tell({
      look,
      stop,
      open: async ({ choice = "shop", ...options } = {}) => {
        const window = await look(options);
        await window.page.getByRole("article").waitFor();
        await freshWorld(window.page, choice);
        return window;
      },
    });
  });
}

async function openWindow(
  browser: Browser,
  url: string,
  { width, dark }: { width: number; dark: boolean },
): Promise<Window> {
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
  });
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "log") complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`broke: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith("data:"))
      complaints.push(`asked ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
}

async function freshWorld(page: Page, choice: string): Promise<void> {
  const before = await page.locator("main").getAttribute("data-world");
  await page.getByLabel("Checklist", { exact: true }).selectOption(choice);
  await page.getByRole("button", { name: /^(Start afresh|Open)$/ }).click();
  await page.locator(`main:not([data-world="${before}"]) article`).waitFor();
}

/** Finds nothing that keeps people out, by the rules of axe-core. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate("axe.run(document)")) as axe.AxeResults;
  const words = found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${help}. ${failureSummary}`),
  );
  expect(words).toEqual([]);
}

/** Nothing is cut off at the side. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const over = await page.evaluate(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  expect(over).toBe(0);
}

export const be = (page: Page, login: string): Promise<void> =>
  page.getByRole("radio", { name: new RegExp(`^${login.replace(/[[\]]/g, "\\$&")}`) }).check();

export const box = (page: Page, title: string | RegExp) => page.getByRole("checkbox", { name: title });

/** Waits until the box of an item is ticked: what the app writes reaches the page a moment after it is told. */
export const untilTicked = (page: Page, title: string | RegExp) =>
  box(page, title).and(page.locator(":checked")).waitFor();

/** Waits until the box of an item is open. */
export const untilOpen = (page: Page, title: string | RegExp) =>
  box(page, title).and(page.locator(":not(:checked)")).waitFor();
