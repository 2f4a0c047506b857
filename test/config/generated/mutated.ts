import fc from "fast-check";

/** Texts with pieces torn out, put in, moved and repeated, as a slip of the hand or a bad merge leaves them. */

type Edit = (text: string) => string;

const pieces = [
  ..."{ } [ ] : , - ? & * ! | > ' \" % @ ` # << ~ null true 1 1.5 --- ... &a *a !!str".split(" "),
  "\n",
  "\n\n",
  "\r",
  "\t",
  "  ",
  ": ",
  "- ",
  "\u0000",
  "\u2028",
  "\ufeff",
  "é",
  "😀",
  "\ud800",
  "<<<<<<< HEAD\n",
  "items",
  "__proto__",
  "constructor",
];

const place = fc.nat(9_999);
const at = (text: string, where: number): number => Math.floor((where / 10_000) * (text.length + 1));

const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(place, fc.constantFrom(...pieces)).map(
    ([where, piece]): Edit =>
      (text) => {
        const start = at(text, where);
        return text.slice(0, start) + piece + text.slice(start);
      },
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 30 })).map(
    ([where, length]): Edit =>
      (text) => {
        const start = at(text, where);
        return text.slice(0, start) + text.slice(start + length);
      },
  ),
  fc.tuple(place, place).map(
    ([from, to]): Edit =>
      (text) => {
        const lines = text.split("\n");
        const [moved = ""] = lines.splice(at("x".repeat(lines.length - 1), from), 1);
        lines.splice(at("x".repeat(lines.length), to), 0, moved);
        return lines.join("\n");
      },
  ),
  place.map(
    (where): Edit =>
      (text) => {
        const lines = text.split("\n");
        const index = at("x".repeat(lines.length - 1), where);
        return lines.toSpliced(index, 0, lines[index] ?? "").join("\n");
      },
  ),
  fc.tuple(place, fc.integer({ min: -3, max: 3 })).map(
    ([where, by]): Edit =>
      (text) => {
        const lines = text.split("\n");
        const index = at("x".repeat(lines.length - 1), where);
        const line = lines[index] ?? "";
        lines[index] =
          by > 0 ? " ".repeat(by) + line : line.slice(Math.min(-by, line.length - line.trimStart().length));
        return lines.join("\n");
      },
  ),
);

/** One to three of them. */
export const mutations: fc.Arbitrary<Edit> = fc
  .array(edits, { minLength: 1, maxLength: 3 })
  .map((list) => (text) => list.reduce((changed, edit) => edit(changed), text));
