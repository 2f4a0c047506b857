import * as z from "zod";

const by = z.string();
const number = z.int().positive();

/** What somebody can do on the page, in whose name, and what it takes to say it. */
export const action = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("edit"), by, number, was: z.string(), body: z.string() }),
  z.strictObject({
    do: z.literal("box"),
    by,
    number,
    at: z.int().min(0),
    line: z.string(),
    ticked: z.boolean(),
  }),
  z.strictObject({
    do: z.literal("answer"),
    by,
    number,
    item: z.string(),
    question: z.string(),
    text: z.string(),
  }),
  z.strictObject({ do: z.literal("comment"), by, number, body: z.string().min(1) }),
  z.strictObject({ do: z.literal("assign"), by, number, whom: z.string() }),
  z.strictObject({ do: z.literal("merge"), by, number }),
  z.strictObject({ do: z.literal("press"), by, check: number, button: z.string() }),
  z.strictObject({
    do: z.literal("report"),
    by,
    machine: z.string(),
    how: z.enum(["start", "pass", "fail", "make"]),
  }),
  z.strictObject({ do: z.literal("push"), by, number, what: z.enum(["code", "migration"]) }),
  z.strictObject({ do: z.literal("delete-block"), by, number }),
  z.strictObject({ do: z.literal("bot-rewrite"), by, number }),
  z.strictObject({ do: z.literal("window"), by, to: z.enum(["open", "closed"]) }),
  z.strictObject({ do: z.literal("configure"), by, text: z.string(), number: number.nullable() }),
]);

export type Action = z.infer<typeof action>;
