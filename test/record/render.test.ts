import { expect, test } from "@jest/globals";
import { recordTable } from "../../src/render/record-table.ts";
import { exampleItem, exampleRecord } from "./example.ts";

test("what people read of a release that went well", () => {
  expect(recordTable(exampleRecord)).toMatchInlineSnapshot(`
"### Release record

**Merged as ready. Outcome: successful.**

| | |
|---|---|
| release | Release 2.0, by \`@alice\` |
| commit | \`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\` into main, merged as \`bbbbbbb\` |
| opened | 2026-03-02 10:00 UTC |
| ready | 2026-03-02 11:30 UTC, 1 h 30 min later |
| merged | 2026-03-02 12:00 UTC, 30 min later, by \`@bea\` |
| in production | 2026-03-02 12:20 UTC, 20 min later |
| outcome | successful, 2026-03-02 14:00 UTC, by \`@bea\` |
| brings | 1 commit |
| follow-up | [#8](https://github.test/acme/shop/issues/8), closed 2026-03-02 14:00 UTC |

| item | state | evidence | open for |
|---|---|---|---|
| CI is green | ✅ done | [ci.yml](https://github.test/acme/shop/actions/runs/1) | 20 min |
| Rollback plan confirmed | ✅ done | \`@bea\`, 2026-03-02 11:00 UTC, at \`aaaaaaa\` · How do we revert the code? — Deploy 1.9 again \\| with \`make deploy\` \`@acme/sre\` does | 1 h |

#### Announced

- tell to stakeholders: sent on 2026-03-02 11:30 UTC (answered ok)"
`);
});

test("what people read of one that did not", () => {
  const record = {
    ...exampleRecord,
    verdict: "blocked" as const,
    times: { ...exampleRecord.times, ready: null, deployed: null },
    items: [{ ...exampleItem, state: "waiting" as const, done: null, signs: [], answers: [] }],
    bypass: { by: "root", missing: ["Rollback plan confirmed: waiting for `@acme/sre`"] },
    outcomes: [
      {
        result: "rolled-back" as const,
        by: "bea",
        at: "2026-03-02T13:00:00Z",
        note: "Baskets | lost <b>",
      },
    ],
    incidents: [
      {
        link: "https://github.test/acme/shop/issues/9",
        by: "bea",
        at: "2026-03-02T12:10:00Z",
      },
    ],
    lessons: [
      {
        question: "What would have caught it?",
        text: "A test of baskets",
        by: "bea",
        at: "2026-03-03T09:00:00Z",
      },
    ],
  };
  expect(recordTable(record)).toMatchInlineSnapshot(`
"### Release record

**Merged while blocked. Outcome: rolled back (Baskets \\| lost \\<b>).**

| | |
|---|---|
| release | Release 2.0, by \`@alice\` |
| commit | \`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\` into main, merged as \`bbbbbbb\` |
| opened | 2026-03-02 10:00 UTC |
| ready | never |
| merged | 2026-03-02 12:00 UTC, by \`@bea\` |
| in production | not seen |
| outcome | rolled back, 2026-03-02 13:00 UTC, by \`@bea\` |
| brings | 1 commit |
| follow-up | [#8](https://github.test/acme/shop/issues/8), closed 2026-03-02 14:00 UTC |

| item | state | evidence | open for |
|---|---|---|---|
| Rollback plan confirmed | ⏳ not done |  |  |

#### Exceptions

- Merged past the gate by \`@root\`, without: Rollback plan confirmed: waiting for \`@acme/sre\`

#### Announced

- tell to stakeholders: sent on 2026-03-02 11:30 UTC (answered ok)

#### Incidents

- \`https://github.test/acme/shop/issues/9\`, linked by \`@bea\` on 2026-03-02 12:10 UTC

#### Lessons

- What would have caught it? — A test of baskets (\`@bea\`)"
`);
});
