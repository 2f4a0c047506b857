import type { Tokens } from "../auth.ts";
import { graphqlRoutes } from "../graphql/routes.ts";
import type { Limits } from "../limits.ts";
import { Routes } from "../routing.ts";
import type { Webhooks } from "../webhooks.ts";
import type { World } from "../world.ts";
import { actionRoutes, deploymentRoutes } from "./actions.ts";
import { appRoutes } from "./apps.ts";
import { checkRoutes } from "./checks.ts";
import { commentRoutes } from "./comments.ts";
import { commitRoutes } from "./commits.ts";
import { contentRoutes } from "./contents.ts";
import { gitRoutes } from "./git.ts";
import { issueRoutes } from "./issues.ts";
import { labelRoutes } from "./labels.ts";
import { limitRoutes } from "./limits.ts";
import { orgRoutes } from "./orgs.ts";
import { pullRoutes } from "./pulls.ts";
import { repoRoutes } from "./repos.ts";
import { ruleRoutes } from "./rules.ts";

export interface RouteParts {
  world: World;
  tokens: Tokens;
  webhooks: Webhooks;
  limits: Limits;
  editHistoryForbidden: () => boolean;
}

/** Every route that this GitHub knows. */
export function allRoutes({ world, tokens, webhooks, limits, editHistoryForbidden }: RouteParts): Routes {
  const routes = new Routes(world);
  appRoutes(routes, tokens, webhooks);
  graphqlRoutes(routes, editHistoryForbidden);
  limitRoutes(routes, limits);
  const families = [
    repoRoutes,
    contentRoutes,
    commitRoutes,
    pullRoutes,
    issueRoutes,
    commentRoutes,
    labelRoutes,
    checkRoutes,
    actionRoutes,
    deploymentRoutes,
    orgRoutes,
    gitRoutes,
    ruleRoutes,
  ];
  for (const family of families) family(routes);
  return routes;
}
