import { reportOf } from "../../src/domain/report/report.ts";
import { reportAsHtml } from "../../src/render/report/html.ts";
import { createGitHub } from "../github/index.ts";
import { writeHistory } from "./write.ts";

/** The page over half a year that is made up, the same at any time. */
export async function pageUntil(until: number): Promise<string> {
  let now = until;
  const github = createGitHub({ clock: () => new Date(now), sink: async () => 200 });
  const app = github.app({ slug: "release-checklist", permissions: { issues: "write", checks: "write" } });
  const weeks = 26;
  const records = await writeHistory({ github, app, until, weeks, setClock: (time) => (now = time) });
  const from = new Date(until - weeks * 7 * 86_400_000).toISOString();
  const period = { from, to: new Date(until).toISOString() };
  return reportAsHtml({ report: reportOf(records, { period, quietAfter: 10 }), at: period.to, leftOut: [] });
}
