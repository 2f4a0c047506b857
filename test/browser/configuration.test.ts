import { expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { be, expectAccessible, inBrowser } from "./playground.ts";

const editor = (page: Page) => page.getByRole("textbox", { name: "Text of .github/release.yml" });
const findings = (page: Page) => page.getByRole("region", { name: "Findings" });

/** Writes this in place of all that stands there. */
async function write(page: Page, text: string): Promise<void> {
  await editor(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

const broken = `checklist:
  items:
    - id: ci
      titel: CI is green
`;

inBrowser("the editor of the configuration", (playground) => {
  test("tells findings while one writes, and what checklist it gives", async () => {
    const { page, complaints } = await playground.open();
    await page.getByRole("link", { name: "Configuration" }).click();
    await findings(page).getByText("Valid: 11 items.").waitFor();
    const given = page.getByRole("region", { name: "The checklist it gives" });
    await given
      .getByRole("checkbox", { name: "Rollback plan confirmed (@acme/sre, not the author)" })
      .waitFor();
    await expectAccessible(page);

    await write(page, broken);
    await findings(page).getByText('"titel" (did you mean "title"?)').waitFor();
    await page.locator(".cm-lintRange-error").waitFor();
    await expectAccessible(page);

    // From a finding to its place.
    await findings(page).getByRole("button", { name: "Line 4" }).click();
    await page.keyboard.press("Delete");
    await page.keyboard.insertText("X");
    await editor(page).getByText("Xitel").first().waitFor();

    await write(page, "checklist:\n  extends: seven-steps\n");
    await given.getByText("3. Staging validation → ").waitFor();
    await findings(page).getByText("Valid:").waitFor();
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("can be left by keyboard", async () => {
    const { page, complaints } = await playground.open();
    await page.getByRole("link", { name: "Configuration" }).click();
    await write(page, "checklist: {}\n");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Commit to main as alice" }).and(page.locator(":focus")).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("a new checklist counts as soon as it is committed", async () => {
    const { page, complaints } = await playground.open();
    await page.getByRole("link", { name: "Configuration" }).click();
    await be(page, "root");
    await write(page, "checklist:\n  items:\n    - { id: only, title: The only thing }\n");
    await findings(page).getByText("Valid: 1 item.").waitFor();
    await page.getByRole("button", { name: "Commit to main as root" }).click();
    await page.getByRole("link", { name: "Pull request #1" }).click();
    await page.getByRole("checkbox", { name: "The only thing" }).click();
    await page.getByText("Ready: 1 of 1 items done").first().waitFor();
    await page.getByRole("button", { name: "Merge as root" }).click();
    await page.getByText("The release is on main.").waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("a broken one opens no gate, and the pull request that brings it is shown the very line", async () => {
    const { page, complaints } = await playground.open();
    await page.getByRole("link", { name: "Configuration" }).click();
    await write(page, broken);
    await findings(page).getByText("Broken: 1 mistake.").waitFor();
    await page.getByRole("button", { name: "Push to release/1.4.0 instead" }).click();
    await page.getByRole("link", { name: "Pull request #1" }).click();
    await page.getByText(".github/release.yml, line 4", { exact: false }).waitFor();
    await page.getByText("2 commits", { exact: false }).waitFor();
    await expectAccessible(page);

    await page.getByRole("link", { name: "Configuration" }).click();
    await write(page, broken);
    await findings(page).getByText("Broken: 1 mistake.").waitFor();
    await page.getByRole("button", { name: "Commit to main as alice" }).click();
    await page.getByRole("link", { name: "Pull request #1" }).click();
    await page.getByText("is broken", { exact: false }).first().waitFor();
    await page.getByText("Merging is blocked").waitFor();
    await page.getByRole("checkbox", { name: /^Rollback plan confirmed/ }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });
});
