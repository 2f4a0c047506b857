import { type ReleaseRecord, readRecord, writeRecord } from "../domain/record/record.ts";
import { cut, inert } from "./inert.ts";
import { recordTable } from "./record-table.ts";

/** By it the record is found again. */
export const recordMarker = "<!-- release-checklist:record -->";

/** GitHub's limit for a comment, in characters. */
export const commentLimit = 65_535;

/** A record with its signature: a JWS whose payload is the JSON of the record. */
export interface SignedRecord {
  readonly record: ReleaseRecord;
  /** Compact form without the payload: `header..signature`. */
  readonly signature: string;
}

/**
 * The comment: everything that people read in it follows from the record, so that a table which says something else is
 * noticed. Null when it does not fit.
 */
export function renderRecord({ record, signature }: SignedRecord): string | null {
  const machines = [
    `<details><summary>For machines: revision ${record.revision}, signed by the app</summary>`,
    "",
    "```json",
    writeRecord(record),
    "```",
    "",
    "```jws",
    signature,
    "```",
    "",
    `Whether it stands: \`release-checklist verify ${record.repository.name}#${record.pull.number}\``,
    "",
    "</details>",
  ].join("\n");
  const start = `${recordMarker}\n${recordTable(record)}`;
  const whole = `${start}\n\n${machines}`;
  if (whole.length <= commentLimit) return whole;
  const short = `${recordMarker}\n### Release record\n\n${inert(cut(record.pull.title, 200))}: the table does not fit into a comment; everything stands below.\n\n${machines}`;
  return short.length <= commentLimit ? short : null;
}

const machineParts =
  /^```json\n(?<json>.*)\n```\n\n```jws\n(?<signature>[\w-]+\.\.[\w-]+)\n```\n\nWhether it stands: /m;

/** What a comment with the marker says, as it would be signed; why not, where it is no whole record. */
export function readSignedRecord(
  body: string,
): { readonly ok: true; readonly signed: SignedRecord } | { readonly ok: false; readonly why: string } {
  const text = body.replaceAll("\r\n", "\n");
  const { json, signature } = machineParts.exec(text)?.groups ?? {};
  if (json === undefined || signature === undefined)
    return { ok: false, why: "it holds no JSON with a signature" };
  const record = readRecord(json);
  if (record === null)
    return { ok: false, why: "its JSON is not a release record of a version that is known here" };
  const signed = { record, signature };
  return renderRecord(signed) === text
    ? { ok: true, signed }
    : { ok: false, why: "what people read in it does not follow from its JSON" };
}

const copyStart = "<details><summary>Release record for machines";

/**
 * The summary of the check on the merged commit with a copy of the record: it stays when somebody deletes the comment.
 * Without one, the summary as it is.
 */
export function summaryWithRecord(summary: string, record: ReleaseRecord | null): string {
  if (record === null) return summary;
  const at = summary.indexOf(`\n\n${copyStart}`);
  const own = at === -1 ? summary : summary.slice(0, at);
  const copy = `\n\n${copyStart}: revision ${record.revision}</summary>\n\n\`\`\`json\n${writeRecord(record)}\n\`\`\`\n\n</details>`;
  return own.length + copy.length <= commentLimit ? own + copy : own;
}
