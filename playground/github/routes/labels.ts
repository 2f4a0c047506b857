import { addLabels, createLabel, removeLabel } from "../actions/labels.ts";
import { notFound, unprocessable } from "../errors.ts";
import { labelJson } from "../json/issue.ts";
import type { Issue } from "../model.ts";
import type { RepoCall } from "../router.ts";
import { checkFields, created, issueOf, page, type Routes, text } from "../routing.ts";
import { names, read, triage, write } from "./issue-guards.ts";

export function labelRoutes(routes: Routes): void {
  const { world } = routes;
  const shown = (call: RepoCall, issue: Issue) =>
    page(call, issue.labels, (label) => labelJson(world, call.repo, label));

  routes.repo("GET", "/labels", read, (call) =>
    page(call, [...call.repo.labels.values()], (label) => labelJson(world, call.repo, label)),
  );

  routes.repo("POST", "/labels", { ...write, role: "write" }, (call) => {
    checkFields(call.body, { name: "string", color: "string", description: "string" }, ["name"]);
    const name = text(call.body, "name") as string;
    if (call.repo.labels.has(name.toLowerCase())) {
      throw unprocessable("Validation Failed", [
        { resource: "Label", code: "already_exists", field: "name" },
      ]);
    }
    const label = createLabel(
      world,
      call.repo,
      name,
      call.actor,
      text(call.body, "color"),
      text(call.body, "description"),
    );
    return created(labelJson(world, call.repo, label));
  });

  routes.repo("GET", "/issues/{number}/labels", read, (call) => shown(call, issueOf(call)));

  routes.repo("POST", "/issues/{number}/labels", triage, (call) => {
    const issue = issueOf(call);
    checkFields(call.body, { labels: "array" });
    addLabels(world, issue, names(call.body.labels), call.actor);
    return shown(call, issue);
  });

  routes.repo("DELETE", "/issues/{number}/labels/{name}", triage, (call) => {
    const issue = issueOf(call);
    if (!removeLabel(world, issue, call.params.name as string, call.actor)) throw notFound();
    return shown(call, issue);
  });
}
