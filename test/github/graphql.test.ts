import { describe, expect, test } from "@jest/globals";
import { setUp } from "./setup.ts";

const EDITS = `query ($number: Int!, $first: Int = 100, $after: String) {
  repository(owner: "acme", name: "shop") {
    pullRequest(number: $number) {
      lastEditedAt
      edits: userContentEdits(first: $first, after: $after) {
        nodes { editedAt editor { login __typename } diff deletedAt }
        pageInfo { hasNextPage endCursor }
        totalCount
      }
    }
  }
}`;

interface Edits {
  repository: {
    pullRequest: {
      lastEditedAt: string | null;
      edits: {
        nodes: Array<{ diff: string; editor: { login: string } }>;
        pageInfo: { hasNextPage: boolean; endCursor: string };
        totalCount: number;
      };
    };
  };
}

async function refused(request: Promise<unknown>): Promise<unknown> {
  return request.then(
    () => "no errors",
    (error: { errors?: unknown }) => error.errors,
  );
}

describe("the edit history", () => {
  test("has nothing for a body that was never edited", async () => {
    const { kit } = setUp();
    const { repository } = await kit.graphql<Edits>(EDITS, { number: 1 });
    expect(repository.pullRequest).toMatchObject({ lastEditedAt: null, edits: { totalCount: 0, nodes: [] } });
  });

  test("is newest first, whole bodies, with the original as the oldest, in pages", async () => {
    let now = Date.parse("2026-03-02T10:00:00Z");
    const { kit, pull, app } = setUp({ clock: () => new Date(now) });
    now += 61_999;
    pull.edit({ by: "bob", body: "two" });
    now += 60_000;
    pull.edit({ by: app, body: "three" });
    const { repository } = await kit.graphql<Edits>(EDITS, { number: 1, first: 2 });
    const { edits, lastEditedAt } = repository.pullRequest;
    expect(lastEditedAt).toBe("2026-03-02T10:02:01Z");
    expect(edits.nodes).toEqual([
      {
        editedAt: "2026-03-02T10:02:01Z",
        editor: { login: "release-checklist", __typename: "Bot" },
        diff: "three",
        deletedAt: null,
      },
      {
        editedAt: "2026-03-02T10:01:01Z",
        editor: { login: "bob", __typename: "User" },
        diff: "two",
        deletedAt: null,
      },
    ]);
    const next = await kit.graphql<Edits>(EDITS, { number: 1, first: 2, after: edits.pageInfo.endCursor });
    expect([edits.pageInfo.hasNextPage, edits.totalCount]).toEqual([true, 3]);
    expect(next.repository.pullRequest.edits.nodes).toMatchObject([
      { diff: "Hello", editor: { login: "alice" } },
    ]);
  });

  test("can be refused, while the rest is answered", async () => {
    const { github, kit } = setUp();
    github.forbidEditHistory = true;
    expect(await refused(kit.graphql(EDITS, { number: 1 }))).toMatchObject([
      { type: "FORBIDDEN", path: ["repository", "pullRequest", "edits"] },
    ]);
  });

  test("keeps no more than a deleted version's place", async () => {
    const { kit, pull } = setUp();
    pull.edit({ by: "bob", body: "two" });
    pull.deleteVersion(0);
    const { repository } = await kit.graphql<Edits>(EDITS, { number: 1 });
    expect(repository.pullRequest.edits.nodes.map((node) => node.diff)).toEqual(["two", null]);
  });
});

describe("queries", () => {
  test("know fragments, aliases, directives and the timeline of forced pushes", async () => {
    const { kit, repo, pull } = setUp();
    const before = pull.headSha;
    const after = repo.push("release/1", { by: "alice", force: true });
    const answer = await kit.graphql(
      `query Named($owner: String!, $name: String!, $with: Boolean!) {
        viewer { login }
        r: repository(owner: $owner, name: $name) { pullRequest(number: 1) { ...Parts missing: title @include(if: $with) } }
      }
      fragment Parts on PullRequest {
        headRefOid
        commits(last: 1) { nodes { commit { oid } } }
        timelineItems(itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT], last: 10) {
          nodes { __typename ... on HeadRefForcePushedEvent { beforeCommit { oid } afterCommit { oid } } }
        }
        comments(first: 5) { nodes { body lastEditedAt author { login } } }
      }`,
      { owner: "acme", name: "shop", with: false },
    );
    expect(answer).toEqual({
      viewer: { login: "release-checklist" },
      r: {
        pullRequest: {
          headRefOid: after,
          commits: { nodes: [{ commit: { oid: after } }] },
          timelineItems: {
            nodes: [
              {
                __typename: "HeadRefForcePushedEvent",
                beforeCommit: { oid: before },
                afterCommit: { oid: after },
              },
            ],
          },
          comments: { nodes: [] },
        },
      },
    });
  });

  test("for what is not there, or not known here, are errors", async () => {
    const { kit } = setUp();
    expect(await refused(kit.graphql('{ repository(owner: "acme", name: "none") { id } }'))).toMatchObject([
      { type: "NOT_FOUND" },
    ]);
    expect(
      await refused(kit.graphql('{ repository(owner: "acme", name: "shop") { colour } }')),
    ).toMatchObject([
      { message: expect.stringContaining("Field 'colour' doesn't exist on type 'Repository'") },
    ]);
    expect(
      await refused(
        kit.graphql(
          '{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { comments { totalCount } } } }',
        ),
      ),
    ).toMatchObject([{ type: "MISSING_PAGINATION_BOUNDARIES" }]);
    expect(await refused(kit.graphql("{ viewer { "))).toMatchObject([
      { message: "Unexpected end of the query" },
    ]);
  });
});
