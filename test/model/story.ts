import fc from "fast-check";
import { type ItemId, items, type Person, people } from "./cast.ts";
import type { Place } from "./description.ts";

/** What somebody does. What makes no sense where it comes up (an untick of an empty box) is left out. */
export type Act =
  | { readonly do: "tick" | "untick" | "answer" | "clear"; readonly who: Person; readonly item: ItemId }
  | { readonly do: "write"; readonly who: Person; readonly place: Place; readonly web: boolean }
  | { readonly do: "erase"; readonly who: Person; readonly nth: number }
  | { readonly do: "take out the block"; readonly who: Person }
  | { readonly do: "damage"; readonly who: Person; readonly part: "begin" | "end" | ItemId }
  /** The whole description is written anew: from scratch, or from how it once was. */
  | { readonly do: "rewrite"; readonly who: Rewriter; readonly older: number | null }
  | { readonly do: "meddle"; readonly item: ItemId }
  | { readonly do: "push"; readonly change: "db" | "docs"; readonly how: "on" | "amend" | "rebuild" | "back" }
  | { readonly do: "command"; readonly who: Person; readonly verb: "sign" | "unsign"; readonly item: ItemId }
  /** A waiver of the item; with null an override. */
  | { readonly do: "except"; readonly who: Person; readonly item: ItemId | null };

export type Rewriter = "release-please[bot]" | "bob" | "alice";

/** An act, so many seconds after what came before. */
export interface Timed {
  readonly act: Act;
  readonly after: number;
}

/** Where in the app's work something comes in between. */
export const points = ["read", "before-history", "before-check", "after-check", "before-write"] as const;
export type Point = (typeof points)[number];

export type Step =
  | ({ readonly step: "act" } & Timed)
  /** The next time that the app comes to this point, these happen first; `crash`: and it ends there. */
  | {
      readonly step: "meanwhile";
      readonly point: Point;
      readonly acts: readonly Timed[];
      readonly hear: boolean;
      readonly crash: boolean;
    }
  /** Webhooks reach the app: all in order, all in reverse, or one. */
  | { readonly step: "hear"; readonly which: "all" | "reversed" | number }
  | { readonly step: "lose"; readonly which: "all" | number }
  | { readonly step: "double"; readonly which: number }
  | { readonly step: "sweep" }
  | { readonly step: "restart" }
  | { readonly step: "wait"; readonly seconds: number };

export interface Story {
  readonly author: "alice" | "kim";
  /** Whether GitHub tells the app the edit history. */
  readonly history: boolean;
  readonly opening: "empty" | "prose" | "ticked";
  /** Whether all is signed, but for what these steps undo, when the rest of the story begins. */
  readonly prepared: boolean;
  /** How sending the announcement goes. */
  readonly sending: "sent" | "unclear" | "crash";
  readonly steps: readonly Step[];
}

const small = fc.nat({ max: 7 });
const signer = fc.constantFrom<Person[]>("bea", "sam", "kim");
const anybody = fc.oneof(
  { weight: 3, arbitrary: signer },
  { weight: 2, arbitrary: fc.constantFrom(...people) },
);
const item = fc.constantFrom(...items);

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant("tick" as const), who: anybody, item }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("untick" as const), who: anybody, item }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom("answer" as const, "answer" as const, "answer" as const, "clear" as const),
      who: anybody,
      item: fc.constant("rollback" as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("write" as const),
      who: anybody,
      place: fc.constantFrom<Place[]>("top", "inside", "below"),
      web: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("erase" as const), who: anybody, nth: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("take out the block" as const), who: anybody }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("damage" as const),
      who: anybody,
      part: fc.constantFrom<("begin" | "end" | ItemId)[]>("begin", "end", ...items),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("rewrite" as const),
      who: fc.constantFrom<Rewriter[]>("release-please[bot]", "release-please[bot]", "bob", "alice"),
      older: fc.option(small, { nil: null }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("meddle" as const), item }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("push" as const),
      change: fc.constantFrom("db" as const, "docs" as const),
      how: fc.constantFrom("on" as const, "amend" as const, "rebuild" as const, "back" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("command" as const),
      who: anybody,
      verb: fc.constantFrom("sign" as const, "sign" as const, "unsign" as const),
      item: fc.constantFrom<ItemId[]>("rollback", "watch", "schema"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("except" as const),
      who: fc.oneof(fc.constant("alice" as const), anybody),
      item: fc.constantFrom<(ItemId | null)[]>(null, null, ...items),
    }),
  },
);

const timed: fc.Arbitrary<Timed> = fc.record({
  act,
  after: fc.constantFrom(0, 0, 1, 1, 1, 7),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: timed.map((one): Step => ({ step: "act", ...one })) },
  {
    weight: 3,
    arbitrary: fc.record({
      step: fc.constant("meanwhile" as const),
      point: fc.constantFrom<Point[]>(...points, "before-write", "before-write", "before-write"),
      acts: fc.array(timed, { minLength: 1, maxLength: 2 }),
      hear: fc.boolean(),
      crash: fc.nat({ max: 7 }).map((chance) => chance === 0),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      step: fc.constant("hear" as const),
      which: fc.oneof(
        { weight: 5, arbitrary: fc.constant("all" as const) },
        { weight: 1, arbitrary: fc.constant("reversed" as const) },
        { weight: 2, arbitrary: small },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      step: fc.constant("lose" as const),
      which: fc.oneof(fc.constant("all" as const), small),
    }),
  },
  { weight: 1, arbitrary: fc.record({ step: fc.constant("double" as const), which: small }) },
  { weight: 1, arbitrary: fc.constant<Step>({ step: "sweep" }) },
  { weight: 1, arbitrary: fc.constant<Step>({ step: "restart" }) },
  {
    weight: 1,
    arbitrary: fc.record({ step: fc.constant("wait" as const), seconds: fc.constantFrom(30, 90) }),
  },
);

export const story = (steps: number): fc.Arbitrary<Story> =>
  fc.record({
    author: fc.constantFrom("alice" as const, "kim" as const),
    history: fc.nat({ max: 3 }).map((chance) => chance > 0),
    opening: fc.constantFrom("prose" as const, "empty" as const, "ticked" as const),
    prepared: fc.boolean(),
    sending: fc.constantFrom("sent" as const, "sent" as const, "unclear" as const, "crash" as const),
    steps: fc.array(step, { minLength: 4, maxLength: steps, size: "max" }),
  });

/** A release that went well so far. */
export const preparation: readonly Step[] = [
  { step: "hear", which: "all" },
  ...(
    [
      { do: "answer", who: "sam", item: "rollback" },
      { do: "tick", who: "bea", item: "rollback" },
      { do: "tick", who: "bea", item: "watch" },
    ] as const
  ).map((act): Step => ({ step: "act", act, after: 1 })),
  { step: "hear", which: "all" },
  ...(
    [
      { do: "tick", who: "sam", item: "watch" },
      { do: "tick", who: "sam", item: "schema" },
      { do: "tick", who: "bea", item: "told" },
    ] as const
  ).map((act): Step => ({ step: "act", act, after: 1 })),
];
