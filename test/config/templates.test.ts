import { describe, expect, test } from "@jest/globals";
import { readConfig } from "../../src/domain/config/read.ts";
import { readTemplate } from "../../src/domain/config/template.ts";
import { builtInTemplates } from "../../src/templates.ts";

const templates = builtInTemplates();

test("there are templates, and default is one of them", () => {
  expect(templates.has("default")).toBe(true);
});

describe.each([...templates.keys()])("the built-in template %s", (name) => {
  const template = readTemplate(name, templates);
  if (typeof template === "string") throw new Error(template);

  test("applies as it is, with every slot open", () => {
    const config = readConfig(`checklist: { extends: ${name} }`, "release.yml", templates);
    expect(config).toMatchObject({ kind: "valid", findings: [] });
  });

  test("applies with every slot filled, and then no item of a slot is left to people", () => {
    const slots = Object.keys(template.slots ?? {});
    const checks = slots.map((slot) => `${slot}: { workflow: ${slot}.yml }`).join(", ");
    const config = readConfig(
      `checklist: { extends: ${name}, checks: { ${checks} } }`,
      "release.yml",
      templates,
    );
    if (config.kind !== "valid") throw new Error(JSON.stringify(config.findings));
    const decided = config.checklist.items.flatMap((item) =>
      item.kind === "check" ? [item.check.workflow] : [],
    );
    expect(decided).toEqual(expect.arrayContaining(slots.map((slot) => `${slot}.yml`)));
  });

  test("describes the slots that its items have, and no others", () => {
    const used = template.items.flatMap(({ check }) =>
      typeof check === "object" && "slot" in check ? [check.slot] : [],
    );
    expect(Object.keys(template.slots ?? {}).sort()).toEqual([...new Set(used)].sort());
  });

  test("has no item that does not block", () => {
    expect(template.items.filter(({ required }) => required === false)).toEqual([]);
  });

  test("has groups for all items that name one, and ids that differ", () => {
    const titles = (template.groups ?? []).map(({ title }) => title);
    for (const { group } of template.items) expect([undefined, ...titles]).toContain(group);
    const ids = template.items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
