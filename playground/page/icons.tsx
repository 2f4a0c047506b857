import type { CheckView, ThreadView } from "../serve/view.ts";

/** Signs beside words that say the same. */

const paths: Readonly<Record<CheckView["state"], string>> = {
  success: "M4.5 8.3l2.4 2.4 4.6-5",
  failure: "M5.2 5.2l5.6 5.6m0-5.6l-5.6 5.6",
  waiting: "M8 4.6v4.2m0 2.2v.4",
  neutral: "M5 8h6",
  expected: "M8 8h.01",
  queued: "M8 8h.01",
  running: "M8 4.5V8l2.3 1.6",
};

export function CheckIcon({ state }: { state: CheckView["state"] }) {
  return (
    <svg class={`icon ${state}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <circle cx="8" cy="8" r="7.5" />
      <path d={paths[state]} />
    </svg>
  );
}

export const stateWords: Readonly<Record<ThreadView["state"], string>> = {
  open: "Open",
  closed: "Closed",
  merged: "Merged",
};
