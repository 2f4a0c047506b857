import { expect, test } from "@jest/globals";
import { deploy, followUp, mergeOf, ready, shown } from "./support.ts";

test("a release is followed from the merge to the final status", async () => {
  const story = await ready();
  const { world, pull, sent } = story;
  expect(world.check(pull).title).toMatch(/^Ready/);
  expect(sent).toHaveLength(1);
  await world.act(() => pull.merge({ by: "bob" }));

  const issue = followUp(story);
  const merged = world.repo.sha("main");
  expect(issue.title).toBe("Follow-up: Release 1.0 (#1)");
  expect(issue.assignees).toEqual(["alice"]);
  expect(issue.labels).toEqual(["release follow-up"]);
  expect(
    issue.body
      .slice(0, issue.body.indexOf("<!-- release-checklist:begin"))
      .replaceAll(merged, "<merge commit>"),
  ).toMatchInlineSnapshot(`
"<!-- release-checklist:follow-up:1:<merge commit> -->
The release **Release 1.0** (https://github.com/acme/shop/pull/1) was merged into \`main\` by \`@bob\` on 2026-03-02 10:00 UTC as <merge commit>.

In charge: \`@alice\`

**Agreed on before the merge**

- At what do we roll back? Errors above 5 %
- Who decides it? alice

"
`);
  expect(shown(issue)).toMatchInlineSnapshot(`
"## Release checklist

Outcome: not known yet. It is successful when every item is done; or comment \`/checklist outcome successful\`, \`rolled-back\` or \`follow-up\`, with a note behind it.

**Deployment**
- [ ] Deployed to production (never deployed to)

**After the deployment**
- [ ] Watched for half an hour (begins when production runs it)
- [ ] Figures are normal (\`@acme/sre\`)
- [ ] Final tag made (no tag yet)
- [ ] Release notes published (not published yet)"
`);

  await deploy(story, merged);
  expect(shown(issue)).toMatchInlineSnapshot(`
"## Release checklist

Outcome: not known yet. It is successful when every item is done; or comment \`/checklist outcome successful\`, \`rolled-back\` or \`follow-up\`, with a note behind it.

**Deployment**
- [x] Deployed to production (runs 60040ce)

**After the deployment**
- [ ] Watched for half an hour (until 2026-03-02 10:30 UTC)
- [ ] Figures are normal (\`@acme/sre\`)
- [ ] Final tag made (no tag yet)
- [ ] Release notes published (not published yet)"
`);

  await world.advance(30 * 60_000);
  await world.tick(issue, "bea", "figures");
  await world.act(() => world.repo.tag("v1.0", merged, { by: "bob" }));
  expect(shown(issue)).toMatchInlineSnapshot(`
"## Release checklist

Outcome: not known yet. It is successful when every item is done; or comment \`/checklist outcome successful\`, \`rolled-back\` or \`follow-up\`, with a note behind it.

**Deployment**
- [x] Deployed to production (runs 60040ce)

**After the deployment**
- [x] Watched for half an hour (over since 2026-03-02 10:30 UTC)
- [x] Figures are normal (\`@acme/sre\`)
- [x] Final tag made (tagged v1.0)
- [ ] Release notes published (not published yet)"
`);
  expect(issue.state).toBe("open");

  await world.act(() => world.repo.release("v1.0", { by: "bob" }));
  expect(shown(issue)).toMatchInlineSnapshot(`
"## Release checklist

Outcome: successful, by \`@bea\`, 2026-03-02 10:30 UTC

**Deployment**
- [x] Deployed to production (runs 60040ce)

**After the deployment**
- [x] Watched for half an hour (over since 2026-03-02 10:30 UTC)
- [x] Figures are normal (\`@acme/sre\`)
- [x] Final tag made (tagged v1.0)
- [x] Release notes published (published as v1.0)"
`);
  expect(issue.state).toBe("closed");
  expect(sent.slice(1)).toMatchInlineSnapshot(`
[
  {
    "answers": "message 17.1 in C0123456",
    "text": "Release successful: acme/shop #1: Release 1.0
By: bea, who did the last item
Commit: 60040ce, merged by bob
Follow-up: https://github.com/acme/shop/issues/2
https://github.com/acme/shop/pull/1",
  },
]
`);
  expect(mergeOf(story)?.outcomes).toMatchObject([{ status: "successful", by: "bea", via: "items" }]);
  const { text } = world.check(pull);
  expect(
    text.slice(text.indexOf("### After"), text.indexOf("<!--")).replaceAll(merged.slice(0, 7), "<commit>"),
  ).toMatchInlineSnapshot(`
"### After the merge

- merged by \`@bob\` on 2026-03-02T10:00:07Z as \`<commit>\`
- follow-up: <https://github.com/acme/shop/issues/2>
- outcome: successful, the last item done by \`@bea\`, on 2026-03-02T10:30:11.000Z
- final status to stakeholders: sent on 2026-03-02T10:30:11.000Z (message 17.2 in C0123456)

"
`);
  await world.finish();
});
