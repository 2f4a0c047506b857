import type { ItemGroup, ItemView } from "../../serve/view.ts";

/** The checklist that a configuration gives. */
export function Given({ groups }: { groups: readonly ItemGroup[] }) {
  return (
    <section class="card given" aria-labelledby="given">
      <div class="card-head">
        <h2 id="given">The checklist it gives</h2>
      </div>
      <div class="card-body">
        {groups.map(({ title, items }) => (
          <div key={title}>
            <h3>{title}</h3>
            <ul>
              {items.map((item) => (
                <Item key={item.id} item={item} />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}

function Item({ item: { id, title, by, when, help, questions } }: { item: ItemView }) {
  return (
    <li>
      <b>{title}</b> <code>{id}</code>
      <p class="muted">
        {by}
        {when !== null && `; only when ${when}`}
      </p>
      {help !== null && <p>{help}</p>}
      {questions.map((question) => (
        <p key={question} class="asks">
          asks: {question}
        </p>
      ))}
    </li>
  );
}
