import { expect, test } from "@jest/globals";
import { be, box, expectAccessible, inBrowser, untilOpen, untilTicked } from "./playground.ts";

inBrowser("a release on the page", (playground) => {
  test("goes from blocked to merged, by hand", async () => {
    const { page, complaints } = await playground.open();
    const merge = page.getByRole("region", { name: "Merging" });
    await merge.getByText("Merging is blocked").waitFor();
    await expectAccessible(page);

    // GitHub itself refuses.
    await merge.getByRole("button", { name: "Merge as alice" }).click();
    const alert = page.getByRole("alert");
    await alert.getByText("GitHub refuses to merge").waitFor();
    await alert.getByText('Required status check "Release checklist: main" is failing.').waitFor();
    await expectAccessible(page);
    await alert.getByRole("button", { name: "Dismiss" }).click();

    // Machines report, one by one and all at once.
    const happenings = page.getByRole("region", { name: "Make something happen" });
    await happenings.getByRole("button", { name: "Fail check staging-e2e" }).click();
    await page.getByText("Blocked: staging-e2e failed", { exact: false }).first().waitFor();
    await happenings.getByRole("button", { name: "Let all pass" }).click();
    for (const title of ["CI is green", "End-to-end tests pass on staging", "Database migrations validated"])
      await untilTicked(page, title);

    await be(page, "bob");
    await box(page, "Acceptance criteria verified").click();
    await box(page, "Monitoring and alerts in place").click();
    await page
      .getByRole("cell", { name: /signed by bob/ })
      .nth(1)
      .waitFor();

    await be(page, "sam");
    await page.getByLabel("How do we revert the code?").fill("Redeploy 1.3.2.");
    await page.getByRole("button", { name: "Save the answer to “How do we revert the code?”" }).click();
    await page.getByLabel("How do we revert the data?").fill("The new column may stay.");
    await page.getByLabel("How do we revert the data?").press("Enter");
    await box(page, /^Rollback plan confirmed/).click();
    await page.getByRole("cell", { name: /signed by sam/ }).waitFor();
    await page.getByText("waiting for anyone with write access, Stakeholders notified").first().waitFor();

    await be(page, "carol");
    await box(page, "Stakeholders notified").click();
    const slack = page.getByRole("region", { name: "Slack" });
    await slack.getByText("Release announced: acme/shop #1: Release 1.4.0").waitFor();
    await slack.getByText("How do we revert the code?: Redeploy 1.3.2.").waitFor();

    await merge.getByText("Ready to merge").waitFor();
    await page.getByText("Ready: 8 of 8 items done").first().waitFor();
    await expectAccessible(page);
    await merge.getByRole("button", { name: "Merge as carol" }).click();
    await merge.getByText("The release is on main.").waitFor();
    await expectAccessible(page);

    // What follows stands in an issue of its own, until the release was successful.
    await merge.getByRole("link", { name: "issue #2" }).click();
    await page.getByRole("heading", { name: "Follow-up: Release 1.4.0 (#1) #2" }).waitFor();
    await happenings.getByRole("button", { name: "Pass deployment to production" }).click();
    await untilTicked(page, /^The merge runs in production/);
    await be(page, "sam");
    await box(page, /^Error rate and latency are normal/).click();
    await expectAccessible(page);
    await happenings.getByRole("button", { name: "Make tag v1" }).click();
    await slack.getByText("Release successful: acme/shop #1: Release 1.4.0").waitFor();
    await page.getByText("Outcome: successful, by @sam").waitFor();
    await page.getByText("Closed", { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("takes back a tick by somebody who may not, and says why", async () => {
    const { page, complaints } = await playground.open();
    await be(page, "bob");
    const rollback = box(page, /^Rollback plan confirmed/);
    await rollback.click();
    await page.getByText("⚠ the tick of bob was taken back: it needs @acme/sre").waitFor();
    await untilOpen(page, /^Rollback plan confirmed/);
    expect(await rollback.getAttribute("aria-describedby")).not.toBeNull();
    // Who only reads cannot even try.
    await be(page, "eve");
    await box(page, "Acceptance criteria verified").click();
    await page.getByRole("alert").getByText("eve may not edit acme/shop#1").waitFor();
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("can be worked by keyboard alone", async () => {
    const { page, complaints } = await playground.open();
    const { keyboard } = page;
    await page.getByRole("radio", { name: /^alice/ }).focus();
    await keyboard.press("ArrowRight");
    await page.getByRole("radio", { name: /^bob/, checked: true }).waitFor();
    await box(page, "Acceptance criteria verified").focus();
    await keyboard.press("Space");
    await page.getByRole("cell", { name: /signed by bob/ }).waitFor();
    await untilTicked(page, "Acceptance criteria verified");
    await page.getByLabel("Comment", { exact: true }).focus();
    await keyboard.type("/checklist sign monitoring");
    await keyboard.press("Control+Enter");
    await untilTicked(page, "Monitoring and alerts in place");
    await page.getByText("+1 by release-checklist[bot]").waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("gets its checklist back when it is deleted, and when a bot writes over it", async () => {
    const { page, complaints } = await playground.open();
    await be(page, "bob");
    await box(page, "Acceptance criteria verified").click();
    await page.getByRole("cell", { name: /signed by bob/ }).waitFor();
    const description = page.getByRole("region", { name: "Description" });
    const happenings = page.getByRole("region", { name: "Make something happen" });
    await happenings.getByRole("button", { name: "Let a bot rewrite it" }).click();
    await description.getByText("Written by a bot").waitFor();
    await untilTicked(page, "Acceptance criteria verified");
    await happenings.getByRole("button", { name: "Delete the checklist" }).click();
    await untilTicked(page, "Acceptance criteria verified");
    await description.getByText("Release notes", { exact: false }).first().waitFor();

    // The text itself can be edited as well.
    await description.getByRole("button", { name: "Edit text" }).click();
    const text = page.getByLabel("Text of the description");
    await expectAccessible(page);
    await text.fill(`${await text.inputValue()}\nAnd a last word.\n`);
    await page.getByRole("button", { name: "Save as bob" }).click();
    await description.getByText("And a last word.").waitFor();
    await untilTicked(page, "Acceptance criteria verified");
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("waits while the window is closed", async () => {
    const { page, complaints } = await playground.open();
    const happenings = page.getByRole("region", { name: "Make something happen" });
    await happenings.getByRole("button", { name: "Close it" }).click();
    await page.getByText("Closed by hand", { exact: false }).first().waitFor();
    await untilOpen(page, "Inside the release window");
    await happenings.getByRole("button", { name: "Open it" }).click();
    await untilTicked(page, "Inside the release window");
    expect(complaints).toEqual([]);
    await page.close();
  });
});
