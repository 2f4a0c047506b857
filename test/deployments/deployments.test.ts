import { describe, expect, test } from "@jest/globals";
import { blockOf, createWorld, isTicked, seen, type World } from "../scenario/world.ts";

const checklist = (deployment: string): string =>
  `checklist:\n  release: [{ base: main }]\n  items:\n    - { id: staging, title: This commit runs on staging, deployment: ${deployment} }\n`;
const config = checklist("{ environment: staging, ignore: [CHANGELOG.md, 'docs/**'] }");

const deploy = async (
  world: World,
  ref: string,
  state = "success",
  { environment = "staging", by = "github-actions[bot]" } = {},
): Promise<void> => {
  const deployment = await world.act(() => world.repo.deploy(ref, { environment, by }));
  await world.act(() => deployment.status(state, { logUrl: `https://ci.example/${state}` }));
};

describe("an item on a deployment", () => {
  test("never deployed, deploying, failed, deployed, pushed to", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ body: "Text" });
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: staging never deployed to

**Blocked.** 0 of 1 items are done.

### What is missing

- This commit runs on staging: Nothing was deployed to staging yet. Deploy this commit there.

| item | state | evidence |
|---|---|---|
| This commit runs on staging | ⏳ waiting | never deployed to |"
`);
    const deployment = await world.act(() =>
      world.repo.deploy(pull.headSha, { environment: "staging", by: "github-actions[bot]" }),
    );
    expect(world.check(pull).title).toMatchInlineSnapshot(`"Blocked: staging deploying 5b55bba"`);
    await world.act(() => deployment.status("in_progress"));
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: staging deploying 5b55bba

**Blocked.** 0 of 1 items are done.

### What is missing

- This commit runs on staging: A deployment of this commit to staging is in progress.

| item | state | evidence |
|---|---|---|
| This commit runs on staging | ⏳ waiting | deploying 5b55bba |"
`);
    await world.act(() => deployment.status("failure", { logUrl: "https://ci.example/1" }));
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: staging deployment of 5b55bba failed

**Blocked.** 0 of 1 items are done.

### What is missing

- This commit runs on staging: The newest deployment to staging, of 5b55bba, failed. Repair it, and deploy this commit.

| item | state | evidence |
|---|---|---|
| This commit runs on staging | ❌ failed | deployment of 5b55bba failed · [staging](https://ci.example/1) |"
`);
    await deploy(world, pull.headSha);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 1 of 1 items done

**Ready to merge.** 1 of 1 items are done.

| item | state | evidence |
|---|---|---|
| This commit runs on staging | ✅ done | runs 5b55bba · [staging](https://ci.example/success) |"
`);
    expect(blockOf(pull)).toMatchInlineSnapshot(`
"<!-- release-checklist:begin -->
## Release checklist

**Decided by the app**
- [x] This commit runs on staging <!-- item:staging -->

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->"
`);
    await world.push(pull, "alice", { "b.txt": "b\n" });
    await world.push(pull, "alice", { "c.txt": "c\n" });
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: staging runs 5b55bba, 2 commits behind

**Blocked.** 0 of 1 items are done.

### What is missing

- This commit runs on staging: staging runs 5b55bba, 2 commits behind; they differ in b.txt (and 1 more). Deploy 1883ac0, or a commit that differs only in what the item ignores.

| item | state | evidence |
|---|---|---|
| This commit runs on staging | ⏳ waiting | runs 5b55bba, 2 commits behind · [staging](https://ci.example/success) |"
`);
    expect(isTicked(pull, "staging")).toBe(false);
    await deploy(world, pull.headSha);
    expect(world.check(pull).conclusion).toBe("success");
    await world.finish();
  });

  test("another deployment takes the place of the one that was green", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await deploy(world, pull.headSha);
    expect(world.check(pull).conclusion).toBe("success");
    await deploy(world, "main");
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: staging runs 5394b4b, 1 commit behind

**Blocked.** 0 of 1 items are done.

### What is missing

- This commit runs on staging: staging runs 5394b4b, 1 commit behind; they differ in a.txt. Deploy 5b55bba, or a commit that differs only in what the item ignores.

| item | state | evidence |
|---|---|---|
| This commit runs on staging | ⏳ waiting | runs 5394b4b, 1 commit behind · [staging](https://ci.example/success) |"
`);
    await world.finish();
  });

  test("what the item ignores may differ", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await deploy(world, pull.headSha);
    await world.push(pull, "alice", { "CHANGELOG.md": "1.0\n" });
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 1 of 1 items done

**Ready to merge.** 1 of 1 items are done.

| item | state | evidence |
|---|---|---|
| This commit runs on staging | ✅ done | runs 5b55bba, which differs only in CHANGELOG.md · [staging](https://ci.example/success) |"
`);
    await world.finish();
  });

  test("a forced push with the same content needs no other deployment", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await deploy(world, pull.headSha);
    await world.act(() => world.repo.push(pull.head, { by: "alice", force: true, message: "Reword" }));
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 1 of 1 items done

**Ready to merge.** 1 of 1 items are done.

| item | state | evidence |
|---|---|---|
| This commit runs on staging | ✅ done | runs 5b55bba, with the same content · [staging](https://ci.example/success) |"
`);
    await world.finish();
  });

  test("an environment that runs something else than this release's commits", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    world.repo.push("other", { files: { "other.txt": "x\n" }, by: "bob" });
    await deploy(world, "other");
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: staging runs 60040ce, 1 commit behind and with 1 commit that this release lacks

**Blocked.** 0 of 1 items are done.

### What is missing

- This commit runs on staging: staging runs 60040ce, 1 commit behind and with 1 commit that this release lacks; they differ in a.txt (and 1 more). Deploy 5b55bba, or a commit that differs only in what the item ignores.

| item | state | evidence |
|---|---|---|
| This commit runs on staging | ⏳ waiting | runs 60040ce, 1 commit behind and with 1 commit that this release lacks · [staging](https://ci.example/success) |"
`);
    await world.finish();
  });
});

describe("nothing an author can write opens the gate", () => {
  test("a deployment counts only from an app", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await deploy(world, pull.headSha, "success", { by: "alice" });
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: staging deployed by nobody who counts

**Blocked.** 0 of 1 items are done.

### What is missing

- This commit runs on staging: The deployments to staging are by \`alice\`, and only those of apps count: deploy with an app, or list the account under "by".

| item | state | evidence |
|---|---|---|
| This commit runs on staging | ⏳ waiting | deployed by nobody who counts |"
`);
    await world.finish();
  });

  test("or from an account that the item names", async () => {
    const world = createWorld({ config: checklist("{ environment: staging, by: bob }") });
    const pull = await world.open();
    await deploy(world, pull.headSha, "success", { by: "bob" });
    expect(world.check(pull).conclusion).toBe("success");
    await deploy(world, "main", "success", { by: "alice" });
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 1 of 1 items done

**Ready to merge.** 1 of 1 items are done.

### Good to know

- A newer deployment to staging by \`alice\` does not count, since only those of apps and of accounts under "by" do: look at what really runs there.

| item | state | evidence |
|---|---|---|
| This commit runs on staging | ✅ done | runs 5b55bba · [staging](https://ci.example/success) |"
`);
    await world.finish();
  });

  test("a status counts only from an app either", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    const deployment = await world.act(() =>
      world.repo.deploy(pull.headSha, { environment: "staging", by: "github-actions[bot]" }),
    );
    await world.act(() => deployment.status("failure"));
    await world.act(() => deployment.status("success", { by: "alice" }));
    expect(world.check(pull)).toMatchObject({ conclusion: "failure" });
    await world.finish();
  });
});

test("a pattern speaks of every environment that it matches", async () => {
  const world = createWorld({ config: checklist('{ environment: "staging/*" }') });
  const pull = await world.open();
  expect(world.check(pull).title).toMatchInlineSnapshot(`"Blocked: staging no such environment"`);
  await deploy(world, pull.headSha, "success", { environment: "staging/eu" });
  expect(world.check(pull).conclusion).toBe("success");
  await deploy(world, "main", "success", { environment: "staging/us" });
  expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: staging staging/us runs 5394b4b, 1 commit behind

**Blocked.** 0 of 1 items are done.

### What is missing

- This commit runs on staging: staging/us runs 5394b4b, 1 commit behind; they differ in a.txt. Deploy 5b55bba.

| item | state | evidence |
|---|---|---|
| This commit runs on staging | ⏳ waiting | staging/us runs 5394b4b, 1 commit behind · [staging/eu](https://ci.example/success) · [staging/us](https://ci.example/success) |"
`);
  await deploy(world, pull.headSha, "success", { environment: "staging/us" });
  expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 1 of 1 items done

**Ready to merge.** 1 of 1 items are done.

| item | state | evidence |
|---|---|---|
| This commit runs on staging | ✅ done | 2 of 2 run it · [staging/eu](https://ci.example/success) · [staging/us](https://ci.example/success) |"
`);
  await world.finish();
});

test("a deployment to an environment that no item names costs nothing", async () => {
  const world = createWorld({ config });
  const pull = await world.open();
  const before = world.github.requests.total;
  await deploy(world, pull.headSha, "success", { environment: "production" });
  expect(world.github.requests.total).toBe(before);
  await world.finish();
});

test("a deployment in a repository without a configuration costs nothing", async () => {
  const world = createWorld({ config: null });
  const pull = await world.open();
  await world.sweep();
  const before = world.github.requests.total;
  await deploy(world, pull.headSha);
  expect(world.github.requests.total).toBe(before);
  await world.finish();
});

test("closed by default: deployments that the app may not read keep the gate closed", async () => {
  const world = createWorld({ config });
  world.github.faults.add({ match: { method: "GET", path: /\/deployments/ }, times: 100, status: 403 });
  const pull = await world.open();
  expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: staging cannot be read

**Blocked.** 0 of 1 items are done.

### What is missing

- This commit runs on staging: the deployments to staging cannot be read: GitHub refuses it: A fault on purpose (403)

| item | state | evidence |
|---|---|---|
| This commit runs on staging | ❌ failed | cannot be read |"
`);
  await world.finish();
});
