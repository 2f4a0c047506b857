import type { Outcome } from "../serve/view.ts";

/** What was refused, in the words of who refused it. */
export function Notice({ outcome, dismiss }: { outcome: Outcome | null; dismiss: () => void }) {
  return (
    <div role="alert" class="notice-place">
      {outcome !== null && !outcome.ok && (
        <div class="notice">
          <p>
            <strong>{outcome.message}</strong>
            {outcome.reasons.map((reason) => (
              <span key={reason}> {reason}</span>
            ))}
          </p>
          <button type="button" class="plain" onClick={dismiss} aria-label="Dismiss">
            ✕
          </button>
        </div>
      )}
    </div>
  );
}
