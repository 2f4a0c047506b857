import { outcomeStatuses } from "../after/merge.ts";
import { type CommandItem, longestAnswer, longestReason, type ParsedCommand } from "./command.ts";
import { nearest } from "./nearest.ts";

/** What people are to write, by command name. */
export const usage = {
  sign: "/checklist sign <items…>",
  unsign: "/checklist unsign <items…>",
  waive: "/checklist waive <item> <reason>",
  override: "/checklist override <reason>",
  announce: "/checklist announce",
  announced: "/checklist announced <link>",
  outcome: "/checklist outcome successful|rolled-back|follow-up [note]",
  incident: "/checklist incident <link>",
  recheck: "/checklist recheck",
  status: "/checklist status",
  help: "/checklist help",
} as const;

type Name = keyof typeof usage;
const isName = (word: string): word is Name => Object.hasOwn(usage, word);

/** Ends the reading of a command; the message is shown to the person. */
class Wrong extends Error {}

/** `rest` is what follows `/checklist`; `answers` is what stands below it. */
export const readCommand = (
  rest: string,
  answers: readonly string[],
  items: readonly CommandItem[],
): ParsedCommand => {
  try {
    const { word, tail } = firstWord(rest);
    return read(word.toLowerCase(), tail, answers, items);
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return { kind: "wrong", text: `/checklist ${rest}`.trim().slice(0, 200), why: error.message };
  }
};

const read = (
  name: string,
  tail: string,
  answers: readonly string[],
  items: readonly CommandItem[],
): ParsedCommand => {
  if (name === "") return { kind: "help" };
  if (!isName(name)) throw new Wrong(unknownCommand(name));
  switch (name) {
    case "sign":
      return readSign(knownItems(name, tail, signable(items), items), answers, items);
    case "unsign":
      return { kind: name, items: knownItems(name, tail, signable(items), items) };
    case "waive": {
      const { word, tail: reason } = firstWord(tail);
      const [item = "", ...more] = knownItems(name, word, items, items);
      if (more.length > 0) throw new Wrong(`One item at a time. Right would be \`${usage.waive}\`.`);
      return { kind: name, item, reason: checkedReason(name, reason) };
    }
    case "override":
      return { kind: name, reason: checkedReason(name, tail) };
    case "announce":
      return { kind: name, items: tail === "" ? [] : knownItems(name, tail, announcements(items), items) };
    case "announced": {
      const words = tail.split(/\s+/);
      const link = checkedLink(words.pop() ?? "", name, "the announcement");
      const named = words.join(" ");
      return {
        kind: name,
        items: named === "" ? [] : knownItems(name, named, announcements(items), items),
        link,
      };
    }
    case "outcome":
      return readOutcome(tail);
    case "incident":
      return { kind: name, link: checkedLink(tail, name, "the incident") };
    default:
      return { kind: name };
  }
};

const firstWord = (text: string): { readonly word: string; readonly tail: string } => {
  const [, word = "", tail = ""] = /^(\S*)\s*(.*)$/.exec(text.trim()) ?? [];
  return { word, tail };
};

const announcements = (items: readonly CommandItem[]) => items.filter(({ kind }) => kind === "notify");
const signable = (items: readonly CommandItem[]) =>
  items.filter(({ kind }) => kind === "manual" || kind === "notify");

const knownItems = (
  name: Name,
  text: string,
  allowed: readonly CommandItem[],
  items: readonly CommandItem[],
): string[] => {
  const words = text.split(/[\s,]+/).map((word) => word.replace(/^`+|`+$/g, ""));
  const ids = [...new Set(words.map((word) => word.toLowerCase()).filter((word) => word !== ""))];
  if (ids.length === 0)
    throw new Wrong(`It names no item. Right would be \`${usage[name]}\`. ${choice(allowed)}`);
  for (const id of ids) {
    if (allowed.some((item) => item.id === id)) continue;
    if (items.some((item) => item.id === id)) throw new Wrong(`${unfit(name, id)} ${choice(allowed)}`);
    throw new Wrong(`There is no item ${shown(id)} in this checklist. ${suggestion(id, allowed)}`);
  }
  return ids;
};

const unfit = (name: Name, id: string): string =>
  name === "announce" || name === "announced"
    ? `The item \`${id}\` is no announcement.`
    : `The app itself decides the item \`${id}\`: nobody signs it. \`/checklist waive ${id} <reason>\` sets it aside.`;

const readSign = (
  ids: readonly string[],
  answers: readonly string[],
  items: readonly CommandItem[],
): ParsedCommand => {
  const questions = items.reduce(
    (sum, item) => sum + (ids.includes(item.id) ? (item.questions?.length ?? 0) : 0),
    0,
  );
  if (questions === 0) return { kind: "sign", items: ids, answers: [] };
  if (ids.length > 1 && answers.length > 0)
    throw new Wrong(
      "Answers belong to one item: sign each item that has questions with a command of its own.",
    );
  if (answers.length > questions)
    throw new Wrong(
      `\`${ids[0]}\` has ${count(questions, "question")}, but an answer is numbered ${answers.length}.`,
    );
  if (answers.some((answer) => answer.length > longestAnswer))
    throw new Wrong(`An answer may have at most ${longestAnswer} characters.`);
  return { kind: "sign", items: ids, answers };
};

const checkedReason = (name: "waive" | "override", text: string): string => {
  if (!/[\p{L}\p{N}]/u.test(text))
    throw new Wrong(`The reason is missing. Right would be \`${usage[name]}\`.`);
  if (text.length > longestReason)
    throw new Wrong(`The reason has ${text.length} characters; at most ${longestReason} are possible.`);
  return text;
};

const readOutcome = (tail: string): ParsedCommand => {
  const { word, tail: note } = firstWord(tail);
  const said = word
    .toLowerCase()
    .replace(/^success$/, "successful")
    .replace(/^rolledback$/, "rolled-back");
  const status = outcomeStatuses.find((known) => known === said);
  if (status === undefined)
    throw new Wrong(
      `${word === "" ? "The outcome is missing" : `There is no outcome ${shown(word)}`}. Possible are ${list(outcomeStatuses)}, and a note behind it.`,
    );
  if (note.length > longestReason)
    throw new Wrong(`The note has ${note.length} characters; at most ${longestReason} are possible.`);
  return { kind: "outcome", status, note: note === "" ? null : note };
};

const checkedLink = (text: string, name: "announced" | "incident", what: string): string => {
  const link = text.replace(/^<(.*)>$/, "$1");
  const parsed = URL.canParse(link) ? new URL(link) : null;
  const fits =
    parsed && /^https?:$/.test(parsed.protocol) && parsed.username === "" && parsed.password === "";
  if (!fits || parsed.href.length > longestReason)
    throw new Wrong(`A link to ${what} is needed. Right would be \`${usage[name]}\`, with \`https://…\`.`);
  return parsed.href;
};

const unknownCommand = (name: string): string => {
  const near = nearest(name, Object.keys(usage).filter(isName));
  const right = near.length > 0 ? `Did you mean ${list(near.map((one) => `/checklist ${one}`))}?` : "";
  return `There is no command ${shown(name)}. ${right || "`/checklist help` lists all commands."}`;
};

const suggestion = (id: string, items: readonly CommandItem[]): string => {
  const near = nearest(
    id,
    items.map((item) => item.id),
  );
  return near.length > 0 ? `Did you mean ${list(near)}?` : choice(items);
};

const choice = (items: readonly CommandItem[]): string => {
  if (items.length === 0) return "No item of this checklist fits.";
  const ids = items.slice(0, 10).map(({ id }) => id);
  const more = items.length - ids.length;
  return `Possible here: ${more > 0 ? `${list(ids, ", ")} and ${more} more` : list(ids)}.`;
};

const list = (words: readonly string[], last = " or "): string =>
  words
    .map((word) => `\`${word}\``)
    .join(", ")
    .replace(/, (?=[^,]*$)/, last);

/** What a person wrote, in code, when that is harmless and short; else nothing of it. */
const shown = (word: string): string => (/^[\w.-]{1,40}$/.test(word) ? `\`${word}\`` : "of this name");

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
