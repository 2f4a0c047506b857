import { describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { be, expectAccessible, expectNoSidewaysScroll, inBrowser } from "./playground.ts";

/** As somebody with ill will would write it. */
const illWill = `<img src="https://example.com/a.png" onerror="document.title = 'broken into'">
<script>document.title = "broken into"</script>

[a link](javascript:document.title='broken%20into') and ![a picture](https://example.com/b.png)

<details><summary>Open me</summary>

<b onclick="document.title = 'broken into'">bold</b>

</details>
`;

inBrowser("the page", (playground) => {
  test("shows people's text as text", async () => {
    const { page, complaints } = await playground.open();
    await be(page, "bob");
    await page.getByLabel("Comment", { exact: true }).fill(illWill);
    await page.getByRole("button", { name: "Comment as bob" }).click();
    const comment = page.getByRole("region", { name: "Comment by bob" });
    await comment.getByText("Open me").click();
    await comment.getByText("<b onclick").waitFor();
    expect(await comment.locator("img, script, b[onclick]").count()).toBe(0);
    const links = await Promise.all(
      (await comment.getByRole("link").all()).map((link) => link.getAttribute("href")),
    );
    expect(links).toEqual(["https://example.com/b.png"]);
    await comment.getByText("a link").click();
    expect(await page.title()).toBe("Release Checklist playground");
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("plays a release to its end, and can be held and hurried", async () => {
    const { page, complaints } = await playground.open({ choice: "confidence" });
    await page.getByRole("button", { name: "Play a release" }).click();
    const captions = page.getByRole("region", { name: "The release that plays itself" });
    await captions.getByRole("button", { name: "Pause" }).click();
    await captions.getByRole("button", { name: "Go on" }).waitFor();
    await expectAccessible(page);
    await captions.getByRole("button", { name: "Go on" }).click();
    await hurry(page);
    await page.getByRole("heading", { name: "The release is done" }).waitFor();
    await page.getByText("Merged by alice").waitFor();
    await page.getByRole("log").getByText("Release announced: acme-confidence/shop #1").waitFor();
    await expectAccessible(page);

    // The world is free again.
    await page.getByRole("button", { name: "Start afresh" }).click();
    await page.getByText("Merging is blocked").waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("counts what the app and GitHub say to each other", async () => {
    const { page, complaints } = await playground.open();
    await page.getByRole("button", { name: "Check again" }).click();
    await page.getByRole("link", { name: /^Traffic/ }).click();
    const routes = page.getByRole("region", { name: "Requests by route" });
    await routes.getByRole("cell", { name: "POST /repos/{owner}/{repo}/check-runs" }).waitFor();
    const events = page.getByRole("region", { name: "Newest webhooks" });
    await events.getByRole("cell", { name: "pull_request.opened" }).waitFor();
    await events.getByRole("cell", { name: "check_run.requested_action" }).waitFor();
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("leads to the report over a history that is made up", async () => {
    const { page, complaints } = await playground.open();
    const opened = page.context().waitForEvent("page");
    await page.getByRole("link", { name: /^Report/ }).click();
    const report = await opened;
    await report.getByRole("heading", { level: 1, name: /^Release report/i }).waitFor();
    expect(complaints).toEqual([]);
    await report.close();
    await page.close();
  });

  test("follows a link out of a message to where it leads", async () => {
    const { page, complaints } = await playground.open();
    const link = page.getByRole("link", { name: /\/acme\/shop\/pull\/1$/ });
    expect(await link.getAttribute("href")).toBe("#/acme/shop/pull/1");
    // The local GitHub itself sends browsers here.
    const address = (await link.textContent()) ?? "";
    const answer = await page.request.get(address, { headers: { accept: "text/html" }, maxRedirects: 0 });
    expect(answer.headers().location).toBe(`${new URL(page.url()).origin}#/acme/shop/pull/1`);
    expect(complaints).toEqual([]);
    await page.close();
  });

  describe.each([360, 768, 1280])("at a width of %i", (width) => {
    test.each([false, true])("keeps nobody out, and cuts nothing off (dark: %s)", async (dark) => {
      const { page, complaints } = await playground.look({ width, dark });
      await page.getByRole("article").waitFor();
      for (const place of [/^Pull request/, /^Configuration/, /^Traffic/, /^Buttons and Slack/]) {
        const link = page.getByRole("link", { name: place });
        if (!(await link.isVisible())) continue;
        await link.click();
        await page.getByRole("link", { name: place }).and(page.locator("[aria-current]")).waitFor();
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
      }
      expect(complaints).toEqual([]);
      await page.close();
    });
  });
});

/** Presses "Next" as long as it is there. */
async function hurry(page: Page): Promise<void> {
  const done = page.getByRole("heading", { name: /^The release (is done|stopped)$/ });
  const next = page.getByRole("button", { name: "Next" });
  while (!(await done.isVisible())) {
    await next.or(done).first().waitFor();
    await next.click({ timeout: 1_000 }).catch(() => {});
  }
}
