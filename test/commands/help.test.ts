import { expect, test } from "@jest/globals";
import { helpText } from "../../src/domain/commands/help.ts";
import { items } from "./items.ts";

test("the help names the commands and the items of this checklist", () => {
  expect(helpText(items)).toMatchInlineSnapshot(`
"Write one command on a line of its own, in a new comment. Edited comments do not count.

| command | does |
|---|---|
| \`/checklist sign rollback\` | sign items off, as their boxes do |
| \`/checklist unsign rollback\` | take that back |
| \`/checklist waive <item> <reason>\` | set an item aside that does not apply |
| \`/checklist override <reason>\` | open the whole gate in an emergency |
| \`/checklist announce\` | post the announcement now |
| \`/checklist announced <link>\` | it was announced elsewhere |
| \`/checklist recheck\` | look at everything again |
| \`/checklist status\` | say what is missing |

Answers stand below the command, numbered like the questions: \`/checklist sign rollback\`, then \`1. …\` and so on.

Items: \`ci\`, \`rollback\`, \`smoke\`, \`monitoring\`, \`stakeholders\`"
`);
});

test("the help without items names what always works", () => {
  expect(helpText([])).toMatchInlineSnapshot(`
"Write one command on a line of its own, in a new comment. Edited comments do not count.

| command | does |
|---|---|
| \`/checklist sign <item>\` | sign items off, as their boxes do |
| \`/checklist unsign <item>\` | take that back |
| \`/checklist waive <item> <reason>\` | set an item aside that does not apply |
| \`/checklist override <reason>\` | open the whole gate in an emergency |
| \`/checklist recheck\` | look at everything again |
| \`/checklist status\` | say what is missing |"
`);
});
