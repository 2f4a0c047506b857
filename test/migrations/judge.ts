/**
 * Compares what the analyser says with the labels of `corpus/`, prints a table, and ends with 1 when a destructive
 * migration is missed or more than 5 % of the harmless ones are flagged.
 */
import { readFileSync } from "node:fs";
import { judgeCorpus } from "./corpus.ts";

const corpus = new URL("corpus/", import.meta.url);
const labels: unknown = JSON.parse(readFileSync(new URL("labels.json", corpus), "utf8"));
const judgement = await judgeCorpus(labels, (file) => readFileSync(new URL(file, corpus), "utf8"));
console.log(judgement.table);
process.exitCode = judgement.passes ? 0 : 1;
