import { type Context, Probot, ProbotOctokit, Server } from "probot";
import { checkName, manual, titleOf, titles } from "./life/checklist.ts";

/**
 * A plain app to compare with: correct, and otherwise naive. On every event it reads everything and writes the check
 * when that says something else than before. It lists page by page, skips equal writes, and works on a pull request
 * one event after the other; those that wait meanwhile become one. It counts every tick, whoever made it, and never
 * ticks a box itself, so that it has less to do than the app.
 */
type Octokit = InstanceType<typeof ProbotOctokit>;

/** Probot gives every client throttle options of its own, over which plain defaults do not win. */
function withoutThrottle<Options extends { throttle?: object }>(options: Options): Options {
  return { ...options, throttle: { ...options.throttle, enabled: false } };
}

type PullName = {
  readonly owner: string;
  readonly repo: string;
  readonly pull_number: number;
};

const appId = Number(process.env.APP_ID);
const slack = (
  JSON.parse(process.env.NOTIFICATION_TARGETS ?? "{}") as Record<string, { stakeholders: { url: string } }>
)["*"]?.stakeholders.url;
const announced = new Set<string>();
const work = new Map<string, { running: Promise<void>; next: Promise<void> | null }>();

const app = (probot: Probot): void => {
  probot.on(["pull_request.opened", "pull_request.synchronize", "pull_request.edited"], (context) => {
    const { owner, repo } = context.repo();
    return onePerPull(context.octokit, { owner, repo, pull_number: context.payload.pull_request.number });
  });
  probot.on(["check_run.created", "check_run.completed"], async (context) => {
    const { check_run: run } = context.payload;
    if (run.app?.id !== appId) await pullsAt(context, run.head_sha);
  });
  probot.on("check_suite.completed", (context) => pullsAt(context, context.payload.check_suite.head_sha));
  probot.on("status", (context) => pullsAt(context, context.payload.sha));
  probot.on(["workflow_run.requested", "workflow_run.completed"], (context) =>
    pullsAt(context, context.payload.workflow_run.head_sha),
  );
};

type OfCommit = "check_run" | "check_suite.completed" | "status" | "workflow_run";

async function pullsAt(context: Context<OfCommit>, sha: string): Promise<void> {
  const { owner, repo } = context.repo();
  const linked = linkedPulls(context.payload);
  const numbers =
    linked.length > 0
      ? linked
      : (
          await context.octokit.rest.repos.listPullRequestsAssociatedWithCommit({
            owner,
            repo,
            commit_sha: sha,
          })
        ).data
          .filter(({ state }) => state === "open")
          .map(({ number }) => number);
  await Promise.all(
    numbers.map((number) => onePerPull(context.octokit, { owner, repo, pull_number: number })),
  );
}

function linkedPulls(payload: Context<OfCommit>["payload"]): number[] {
  const checks =
    "check_run" in payload
      ? payload.check_run
      : "check_suite" in payload
        ? payload.check_suite
        : "workflow_run" in payload
          ? payload.workflow_run
          : null;
  return (checks?.pull_requests ?? []).flatMap((pull) => (pull ? [pull.number] : []));
}

/** One look at a time for each pull request; whoever comes meanwhile waits for the one that follows. */
function onePerPull(octokit: Octokit, name: PullName): Promise<void> {
  const key = `${name.owner}/${name.repo}#${name.pull_number}`;
  const busy = work.get(key);
  if (busy === undefined) {
    const running = look(octokit, name, key).finally(() => {
      const next = work.get(key)?.next;
      if (!next) work.delete(key);
    });
    work.set(key, { running, next: null });
    return running;
  }
  busy.next ??= busy.running
    .catch(() => {})
    .then(() => {
      work.delete(key);
      return onePerPull(octokit, name);
    });
  return busy.next;
}

async function look(octokit: Octokit, name: PullName, key: string): Promise<void> {
  const { owner, repo } = name;
  const { data: pull } = await octokit.rest.pulls.get(name);
  if (pull.state === "closed") return;
  const sha = pull.head.sha;
  const [runs, statuses, workflows] = await Promise.all([
    octokit.paginate(octokit.rest.checks.listForRef, {
      owner,
      repo,
      ref: sha,
      filter: "latest",
      per_page: 100,
    }),
    octokit.paginate(octokit.rest.repos.listCommitStatusesForRef, { owner, repo, ref: sha, per_page: 100 }),
    octokit.paginate(octokit.rest.actions.listWorkflowRunsForRepo, {
      owner,
      repo,
      head_sha: sha,
      per_page: 100,
    }),
  ]);
  const body = pull.body ?? "";
  if (!body.includes("<!-- item:")) {
    const boxes = manual.map((id) => `- [ ] ${titleOf(id)} <!-- item:${id} -->`);
    await octokit.rest.pulls.update({ ...name, body: `${body}\n${boxes.join("\n")}\n` });
    return;
  }
  const green = (context: string): boolean => {
    const found = [
      ...runs.filter((run) => run.name === context && run.app?.id !== appId).map((run) => run.conclusion),
      ...statuses
        .filter((status) => status.context === context)
        .slice(0, 1)
        .map(({ state }) => state),
    ];
    return found.length > 0 && found.every((conclusion) => conclusion === "success");
  };
  const ci = workflows.filter(({ path }) => path.endsWith("/ci.yml"));
  const items: [string, boolean][] = [
    [titles.ci, ci.length > 0 && ci.every(({ conclusion }) => conclusion === "success")],
    [titles.e2e, green("e2e")],
    [titles.scan, green("security-scan")],
    ...manual.map((id): [string, boolean] => [titleOf(id), body.includes(`- [x] ${titleOf(id)}`)]),
  ];
  const ready = items.every(([, done]) => done);
  if (ready && !announced.has(key) && slack !== undefined) {
    announced.add(key);
    await fetch(slack, { method: "POST", body: JSON.stringify({ text: `Released: ${pull.title}` }) });
  }
  const summary = items.map(([title, done]) => `| ${title} | ${done ? "done" : "waiting"} |`).join("\n");
  const conclusion = ready ? ("success" as const) : ("action_required" as const);
  const own = runs.find((run) => run.app?.id === appId && run.name === checkName);
  if (own?.conclusion === conclusion && own.output.summary === summary) return;
  const output = { title: ready ? "Ready" : "Blocked", summary };
  if (own === undefined)
    await octokit.rest.checks.create({ owner, repo, name: checkName, head_sha: sha, conclusion, output });
  else await octokit.rest.checks.update({ owner, repo, check_run_id: own.id, conclusion, output });
}

const server = new Server({
  host: process.env.HOST,
  // Probot takes the number 0 for "not given".
  port: process.env.PORT as unknown as number,
  webhookPath: "/api/github/webhooks",
  Probot: Probot.defaults({
    appId,
    privateKey: process.env.PRIVATE_KEY as string,
    secret: process.env.WEBHOOK_SECRET as string,
    baseUrl: `${process.env.GHE_PROTOCOL}://${process.env.GHE_HOST}/api/v3`,
    logLevel: "info",
    Octokit: process.env.THROTTLE === "off" ? ProbotOctokit.defaults(withoutThrottle) : ProbotOctokit,
  }),
});
await server.load(app);
await server.start();
