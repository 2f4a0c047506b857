import { expect, test } from "@jest/globals";
import { createWorld, isTicked } from "./world.ts";

const config = `checklist:
  release: [{ base: main }]
  items:
    - { id: go, title: Go }
    - { id: tell, title: Tell, notify: { post: when-ready } }
`;

test("the box that the app ticked for what it sent is not asked about", async () => {
  const world = createWorld({ config });
  const pull = await world.open();
  await world.tick(pull, "bob", "go");
  expect(world.check(pull).conclusion).toBe("success");
  expect(isTicked(pull, "tell")).toBe(true);
  const questions = () => world.github.requests.list.filter(({ route }) => route === "/graphql").length;
  const before = questions();
  await world.act(() => pull.label("seen", { by: "bob" }));
  expect(questions()).toBe(before);
  expect(world.check(pull).text).not.toContain("nobody knows who ticked it");
  await world.finish();
});
