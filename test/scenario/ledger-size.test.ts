import { expect, test } from "@jest/globals";
import { seededRandom } from "../../playground/github/faults.ts";
import { createWorld, type Pull } from "./world.ts";

const items = Array.from({ length: 100 }, (_, index) => `q${index}`);
const config = `checklist:
  release: [{ base: main }]
  items:
${items.map((id) => `    - { id: ${id}, title: Question ${id}, questions: { how: How is it undone? } }`).join("\n")}
`;

/** GitHub takes so many characters in a description, and in each text of a check run. */
const descriptionLimit = 65_536;
const textLimit = 65_535;

const latin = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/** Each takes three bytes, and no compression makes text of them much shorter. */
const chinese = String.fromCharCode(...Array.from({ length: 8_000 }, (_, index) => 0x4e00 + index));

/** All questions answered, with as much text as the description takes, and all boxes ticked. */
function answeredAtLength(pull: Pull, letters: string): string {
  const random = seededRandom(1);
  const length = Math.floor((descriptionLimit - pull.body.length - 2_000) / items.length);
  const answer = () => Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join("");
  return pull.body
    .replaceAll(/^- \[ \] /gm, "- [x] ")
    .replaceAll(/<!-- answer:how -->/g, (mark) => `${mark} ${answer()}`);
}

test.each([
  { script: "Latin", letters: latin, said: null },
  {
    script: "Chinese",
    letters: chinese,
    said: "The record of this release is large: it keeps answers up to 100 characters and a fingerprint of the rest. The description holds them whole.",
  },
])(
  "a hundred long answers ($script) leave a record that fits, and a gate that is right",
  async ({ letters, said }) => {
    const world = createWorld({ config });
    const pull = await world.open();
    const body = answeredAtLength(pull, letters);
    await world.act(() => pull.edit({ by: "bob", body }));
    const check = world.check(pull);
    expect(check.title).toBe("Ready: 100 of 100 items done");
    expect(check.text.length).toBeLessThanOrEqual(textLimit);
    if (said === null) expect(check.summary).not.toContain("The record of this release is large");
    else expect(check.summary).toContain(said);

    // Another process knows nothing but that record.
    await world.restart();
    await world.act(() => world.repo.push("elsewhere", { by: "bob", from: "main", files: { a: "a" } }));
    await world.sweep();
    expect(world.check(pull).title).toBe("Ready: 100 of 100 items done");
    expect(pull.body).toBe(body);

    // A bot that writes all anew does not know what the record left out.
    await world.act(() => pull.edit({ by: "release-please[bot]", body: "## 1.4.0\n" }));
    expect(world.check(pull).title).toBe("Ready: 100 of 100 items done");
    const answers = body.match(/(?<=answer:how --> ).+/g) ?? [];
    expect(answers).toHaveLength(items.length);
    expect(answers.filter((answer) => !pull.body.includes(answer))).toEqual([]);

    await world.answer(pull, "bea", "q0", "how", "");
    expect(world.check(pull).title).toBe("Blocked: answer missing, Question q0");
    await world.finish();
  },
);
