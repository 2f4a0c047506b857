/** Numbers that look random and are the same for the same seed (mulberry32). */
export interface Random {
  /** From 0 up to, but without, 1. */
  next(): number;
  /** A whole number from `least` to `most`. */
  within(least: number, most: number): number;
  /** True so often of a hundred. */
  percent(part: number): boolean;
  pick<T>(list: readonly [T, ...T[]]): T;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    within: (least, most) => least + Math.floor(next() * (most - least + 1)),
    percent: (part) => next() * 100 < part,
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
  };
}
