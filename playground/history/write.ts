import { emptyLedger } from "../../src/domain/ledger.ts";
import { writeLedger } from "../../src/domain/ledger-text.ts";
import type { ReleaseRecord } from "../../src/domain/record/record.ts";
import { sealOf } from "../../src/record/seal.ts";
import { createSigner, type SignRecord } from "../../src/record/sign.ts";
import { renderRecord, summaryWithRecord } from "../../src/render/record.ts";
import type { GitHub } from "../github/index.ts";
import { type Invented, inventHistory } from "./invent.ts";
import { authors, habits, repositories } from "./team.ts";

export interface HistoryOptions {
  readonly github: GitHub;
  readonly app: ReturnType<GitHub["app"]>;
  /** Sets the clock of this GitHub, in milliseconds since the epoch. */
  readonly setClock: (time: number) => void;
  /** When the history ends, in milliseconds since the epoch. */
  readonly until: number;
  /** How long it is. */
  readonly weeks: number;
}

/**
 * Fills a GitHub with releases of many weeks, as the app leaves them: merged pull requests with the check of the merged
 * commit and the signed record. Gives the records.
 */
export async function writeHistory(options: HistoryOptions): Promise<readonly ReleaseRecord[]> {
  const { github, app, setClock, until, weeks } = options;
  const sign = createSigner(app.privateKey);
  const releases = inventHistory(until, weeks);
  setClock((releases[0]?.opened ?? until) - 30 * 86_400_000);
  const people = new Set<string>([...authors, ...habits.flatMap(({ signers }) => signers)]);
  for (const name of repositories) {
    const repo = github.repo(name, {
      files: { "README.md": `# ${name}\n` },
      collaborators: { root: "admin", ...Object.fromEntries([...people].map((login) => [login, "write"])) },
    });
    repo.installApp(app);
  }
  const records: ReleaseRecord[] = [];
  for (const release of releases) records.push(await writeRelease(release, options, sign));
  setClock(until);
  return records;
}

async function writeRelease(
  release: Invented,
  { github, app, setClock }: HistoryOptions,
  sign: SignRecord,
): Promise<ReleaseRecord> {
  const repo = github.repo(release.repository);
  const commits: ReleaseRecord["range"]["commits"][number][] = release.commits.map(
    ({ author, at, message }, index) => {
      setClock(at);
      const path = `${release.branch}/${index}.txt`;
      const sha = repo.push(release.branch, { files: { [path]: `${message}\n` }, message, by: author });
      return { sha, headline: message, author, at: time(at), merge: false };
    },
  );
  setClock(release.opened);
  const pull = repo.openPull({ by: release.author, head: release.branch, title: release.title });
  setClock(release.merged);
  const merged = pull.merge({ by: release.mergedBy });
  const { ready, deployed, items, ...rest } = release.record;
  const record: ReleaseRecord = {
    version: 1,
    revision: 1,
    app: { id: app.id, slug: app.slug },
    repository: { id: repo.record.id, name: release.repository },
    pull: {
      number: pull.number,
      url: `https://github.com/${release.repository}/pull/${pull.number}`,
      title: release.title,
      author: release.author,
      base: pull.base,
      branch: release.branch,
      head: pull.headSha,
    },
    trial: false,
    merge: { by: release.mergedBy, commit: merged },
    times: { opened: time(release.opened), ready, merged: time(release.merged), deployed },
    range: { from: "base", total: commits.length, commits },
    items: items.map((item) => ({
      ...item,
      signs: item.signs.map((sign) => ({ ...sign, commit: pull.headSha })),
    })),
    followUp: null,
    lessons: [],
    shortened: false,
    ...rest,
  };
  const ledger = { ...emptyLedger(pull.number), revision: 1, release: true, record: sealOf(record) };
  const isOpen = record.verdict !== "blocked";
  repo.checkRun({
    app,
    name: `Release checklist: ${pull.base}`,
    sha: pull.headSha,
    externalId: `pull:${pull.number}`,
    conclusion: isOpen ? "success" : "action_required",
    output: {
      title: isOpen
        ? `Ready: ${items.length} of ${items.length} items done`
        : "Blocked: merged past the gate",
      summary: summaryWithRecord("A release of before.", record),
      text: writeLedger(ledger, "")?.text ?? "",
    },
  });
  setClock(Date.parse(record.outcomes.at(-1)?.at ?? deployed));
  pull.comment({ by: app, body: renderRecord(await sign(record)) ?? "" });
  return record;
}

const time = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
