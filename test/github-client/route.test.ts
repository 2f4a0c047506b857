import { expect, test } from "@jest/globals";
import { routeOf } from "../../src/github/route.ts";

test.each([
  ["/repos/acme/app/pulls/12?x=1", "/repos/{owner}/{repo}/pulls/{id}"],
  ["/repos/acme/404/pulls/12/files", "/repos/{owner}/{repo}/pulls/{id}/files"],
  ["/repos/acme/app/contents/.github/release.yml?ref=main", "/repos/{owner}/{repo}/contents/{path}"],
  ["/repos/acme/app/contents/.github%2Frelease.yml", "/repos/{owner}/{repo}/contents/{path}"],
  ["/repos/acme/app/compare/main...feature/x", "/repos/{owner}/{repo}/compare/{base}...{head}"],
  ["/repos/acme/app/collaborators/bea/permission", "/repos/{owner}/{repo}/collaborators/{login}/permission"],
  ["/orgs/acme/teams/sre/memberships/bea", "/orgs/{owner}/teams/{team}/memberships/{login}"],
  ["/app/installations/7/access_tokens", "/app/installations/{id}/access_tokens"],
  ["/graphql", "/graphql"],
])("%s is %s", (path, route) => {
  expect(routeOf(`https://api.github.com${path}`)).toBe(route);
});

test("a server of one's own has the same routes", () => {
  expect(routeOf("https://ghe.example.com/api/v3/app")).toBe("/app");
  expect(routeOf("https://ghe.example.com/api/graphql")).toBe("/graphql");
});
