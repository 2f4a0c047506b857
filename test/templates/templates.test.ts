import { describe, expect, test } from "@jest/globals";
import type { Item } from "../../src/domain/config/checklist.ts";
import { filled, item, meaning, names, slotted, templates, written } from "./resolved.ts";

test("the built-in templates", () => {
  expect(names).toEqual([
    "confidence",
    "default",
    "hotfix",
    "managed-release",
    "seven-steps",
    "zero-rollback",
  ]);
});

describe.each(names)("the template %s", (name) => {
  test("means something without anything else, and an open slot is signed by people", () => {
    const checklist = meaning({ extends: name });
    expect(checklist.items.map(({ id }) => id)).toEqual(written(name).items.map(({ id }) => id));
    for (const id of slotted(name).keys()) expect(item(checklist, id).kind).toBe("manual");
  });

  test("has nothing that does not block", () => {
    for (const checklist of [meaning({ extends: name }), meaning({ extends: name, checks: filled(name) })])
      expect(checklist.items.every(({ required }) => required)).toBe(true);
  });

  test("leaves no slot to people once it is filled", () => {
    const checklist = meaning({ extends: name, checks: filled(name) });
    for (const [id, slot] of slotted(name)) {
      expect(item(checklist, id)).toMatchObject({ kind: "check", check: { name: slot } });
      expect(item(checklist, id)).not.toHaveProperty("questions");
    }
  });

  test("can do without any one of its items, and only what was removed is gone", () => {
    const all = meaning({ extends: name }).items;
    for (const { id } of all) {
      const { items } = meaning({ extends: name, items: [{ id, remove: true }] });
      expect(items).toEqual(all.filter((other) => other.id !== id));
    }
  });

  test("fits into one look: short titles, short help, an announcement", () => {
    const { items } = written(name);
    for (const { title = "", help = "" } of items) {
      expect(title.length).toBeLessThanOrEqual(60);
      expect(help.length).toBeLessThanOrEqual(320);
    }
    expect(items.some(({ notify }) => notify !== undefined)).toBe(true);
  });
});

/** What decides about an item, without the words that people read. */
const rule = ({ title: _title, help: _help, group: _group, ...rest }: Item) => rest;

describe("several templates", () => {
  const pairs = names.flatMap((one) =>
    names.filter((other) => other !== one).map((other) => [one, other] as const),
  );

  test.each(pairs)("%s and %s: nothing is lost, and nothing is loosened", (one, other) => {
    const both = meaning({ extends: [one, other] });
    for (const name of [one, other]) {
      for (const alone of meaning({ extends: name }).items) {
        const merged = item(both, alone.id);
        expect(merged.kind).toBe(alone.kind);
        expect(merged.when).toEqual(alone.when);
        expect(merged.required).toBe(true);
        if (alone.kind === "manual" && merged.kind === "manual") {
          expect(merged.questions).toEqual(expect.arrayContaining([...alone.questions]));
          expect(merged.signers).toEqual(alone.signers);
          if (alone.dismissStale !== "default") expect(merged.dismissStale).toEqual(alone.dismissStale);
        }
      }
    }
    expect(both.items).toHaveLength(
      new Set([...written(one).items, ...written(other).items].map(({ id }) => id)).size,
    );
  });

  test("all at once, with every slot filled", () => {
    const checks = Object.assign({}, ...names.map(filled));
    const all = meaning({ extends: names, checks });
    for (const name of names)
      for (const alone of meaning({ extends: name, checks: filled(name) }).items.filter(
        ({ kind }) => kind !== "manual",
      ))
        expect(rule(item(all, alone.id))).toEqual(rule(alone));
  });

  test("a slot of one name asks for the same check in each of them", () => {
    const items = new Map<string, string>();
    for (const name of names)
      for (const [id, slot] of slotted(name)) {
        expect([slot, items.get(slot) ?? id]).toEqual([slot, id]);
        items.set(slot, id);
      }
  });
});

test("every template is described in one line", () => {
  for (const name of templates.keys()) expect(written(name).description).toMatch(/^[A-Z].*\.$/);
});
