import type { ConfigurationView } from "../../serve/view.ts";
import { Markdown } from "../markdown/markdown.tsx";

/** The checklist that a configuration gives, as it would stand in a description. */
export function Given({ given: { block, others } }: { given: NonNullable<ConfigurationView["given"]> }) {
  return (
    <section class="card" aria-labelledby="given">
      <div class="card-head">
        <h2 id="given">The checklist it gives</h2>
        <span class="muted push">
          as <code>release-checklist preview</code> shows it
        </span>
      </div>
      <div class="card-body">
        <Markdown source={block} heading={3} />
        {others.length > 0 && (
          <div>
            <h3>Not before the merge, or not always</h3>
            <ul class="others">
              {others.map((other) => (
                <li key={other}>{other}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </section>
  );
}
