import { expect, test } from "@jest/globals";
import { expectAccessible, inBrowser } from "./playground.ts";

inBrowser("the page on a bad day", (playground) => {
  test("says that the app has ended, and makes a new world", async () => {
    const { page, complaints } = await playground.open();
    await page.getByRole("link", { name: /^Traffic/ }).click();
    const words = await page.getByText(/which is process \d+ on this machine/).textContent();
    process.kill(Number(/process (\d+)/.exec(words ?? "")?.[1]), "SIGKILL");
    await page.getByRole("alert").getByText("Something broke: the app has ended").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Start afresh" }).click();
    await page.getByText("A local GitHub, a Slack and the app are starting").waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: /^Pull request/ }).click();
    await page.getByRole("article").waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("says that the playground has ended", async () => {
    const { page } = await playground.open();
    await playground.stop();
    await page.getByRole("alert").getByText("The playground does not answer").waitFor();
    expect(await page.getByRole("button", { name: /^Merge/ }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await page.close();
  });
});
