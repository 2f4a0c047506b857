import fc from "fast-check";

// The same examples in every run, so that a failure is somebody's change and not somebody's luck.
// `SEED=fresh` looks further, `SEED=<number>` repeats what that found.
const wanted = process.env.SEED ?? "20261120";
if (wanted !== "fresh") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
