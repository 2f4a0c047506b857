import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { judgeMistake, judgeMutated, judgePairs, judgeValid } from "./generated/judge.ts";
import { mistakes } from "./generated/mistakes.ts";

/**
 * Judges 10,000 generated configurations: valid ones, such with one or two known mistakes, and torn ones.
 *
 *     node test/config/configurations.ts [--count 10000] [--seed 1]
 */

const { values } = parseArgs({
  options: { count: { type: "string", default: "10000" }, seed: { type: "string" } },
});
const count = Number(values.count);
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
fc.configureGlobal({ seed });

const started = performance.now();
const valid = Math.ceil(count * 0.2);
const ofEach = Math.ceil((count * 0.5) / mistakes.length);
const pairs = Math.ceil(count * 0.1);
const mutated = Math.max(1, count - valid - ofEach * mistakes.length - pairs);

console.log(`seed ${seed}`);
judgeValid(valid);
console.log(`${valid} valid ones were taken for valid`);
for (const mistake of mistakes) judgeMistake(mistake, ofEach);
console.log(
  `${ofEach * mistakes.length} with one of ${mistakes.length} mistakes had that found alone, at its place`,
);
const both = judgePairs(pairs);
console.log(
  `${pairs} with two mistakes had nothing else found, ${Math.round(both * 100)} % of them both at once`,
);
const tally = judgeMutated(mutated);
console.log(
  `${mutated} torn ones: ${tally.valid} still valid, ${tally.broken} with a finding inside of the file, ${tally.none} without a checklist`,
);
console.log(
  `${valid + ofEach * mistakes.length + pairs + mutated} in ${Math.round((performance.now() - started) / 1_000)} s`,
);
