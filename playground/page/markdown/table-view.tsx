import type { ComponentChildren } from "preact";

export interface TableViewProps {
  readonly align: readonly (string | null)[];
  /** Cells by rows; the first row is the head. */
  readonly rows: readonly (readonly ComponentChildren[])[];
  /** The head is empty: GFM knows no table without one. */
  readonly headless: boolean;
}

export function TableView({ align, rows: [head = [], ...rows], headless }: TableViewProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <div class="table" tabIndex={0}>
      <table>
        {!headless && (
          <thead>
            <tr>
              {head.map((cell, column) => (
                <th key={column} scope="col" class={align[column] ?? undefined}>
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} class={align[column] ?? undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
