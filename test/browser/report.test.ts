import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { findChromium, howToGetChromium, launchChromium } from "../../playground/pictures/chromium.ts";
import { reportOf } from "../../src/domain/report/report.ts";
import { reportAsHtml } from "../../src/render/report/html.ts";
import { fourWeeks, ten } from "../report/ten.ts";
import { expectAccessible, expectNoSidewaysScroll } from "./playground.ts";

const there = findChromium() !== undefined;
if (!there && process.env.CI !== undefined) throw new Error(howToGetChromium);
if (!there) process.stderr.write(`\nLEFT OUT: the report's page. ${howToGetChromium}\n\n`);

const at = "2026-03-30T00:00:00Z";
const page = (records: typeof ten, leftOut: readonly string[]) =>
  reportAsHtml({ report: reportOf(records, { period: fourWeeks, quietAfter: 5 }), at, leftOut });
const pages = {
  full: page(ten, ["acme/shop#9: it was edited by mallory"]),
  empty: page([], []),
};

(there ? describe : describe.skip)("the report's page", () => {
  const folder = mkdtempSync(join(tmpdir(), "report-page-"));
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens it from a file, as out of a mail; it may complain of nothing and ask for nothing. */
  async function open(name: keyof typeof pages, colorScheme: "light" | "dark", width: number): Promise<Page> {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, pages[name]);
    const opened = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const complaints: string[] = [];
    opened.on("console", (message) => complaints.push(message.text()));
    opened.on("request", (request) => {
      if (request.url() !== pathToFileURL(file).href) complaints.push(`asked ${request.url()}`);
    });
    await opened.goto(pathToFileURL(file).href);
    expect(complaints).toEqual([]);
    return opened;
  }

  test.each(["light", "dark"] as const)("keeps nobody out, in %s", async (colours) => {
    for (const name of ["full", "empty"] as const) {
      const opened = await open(name, colours, 1200);
      await expectAccessible(opened);
      await opened.close();
    }
  });

  test.each([390, 768, 1280])("fits into %i pixels", async (width) => {
    const opened = await open("full", "light", width);
    await expectAccessible(opened);
    await expectNoSidewaysScroll(opened);
    await opened.close();
  });

  test("says in words what each picture shows, and the figures once in a table", async () => {
    const opened = await open("full", "light", 1200);
    const pictures = opened.getByRole("img");
    expect(await pictures.count()).toBe(3);
    expect(await pictures.first().getAttribute("aria-label")).toBe(
      "Releases by week. Bars in releases: 03-02: went well or open 2, failed 1; 03-09: went well or open 2, failed 2; 03-16: went well or open 2; 03-23: failed 1.",
    );
    const row = opened.getByRole("row", { name: "2026-03-09 4 2" });
    expect(await row.count()).toBe(1);
    await opened.close();
  });
});
