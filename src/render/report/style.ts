/** Light and dark by the reader's setting; contrasts of at least 4.5 for text and 3 for bars. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --panel: #f6f8fa; --text: #1f2328; --soft: #57606a; --line: #d0d7de; --link: #0550ae;
  --good: #0969da; --bad: #cf222e; --people: #8250df; --machines: #0969da; --both: #9a6700; --neither: #6e7781;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --panel: #161b22; --text: #e6edf3; --soft: #9da7b3; --line: #3d444d; --link: #79c0ff;
    --good: #58a6ff; --bad: #ff7b72; --people: #bc8cff; --machines: #58a6ff; --both: #d29922; --neither: #8b949e;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 0.25rem; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 0.25rem; }
p { margin: 0.25rem 0 0.75rem; max-width: 46rem; }
a { color: var(--link); }
.soft { color: var(--soft); }
.summary { padding: 0.9rem 1.25rem 0.9rem 2.25rem; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; max-width: none; }
.summary li { margin: 0.2rem 0; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); gap: 1rem; margin: 1.5rem 0 0; }
.figures > div { border: 1px solid var(--line); border-radius: 8px; padding: 0.9rem 1rem; }
.figures dt { color: var(--soft); font-size: 0.95rem; }
.figures dd { margin: 0; }
.figures .value { font-size: 1.7rem; font-weight: 650; line-height: 1.3; }
.figures .meaning { font-size: 0.9rem; color: var(--soft); }
figure { margin: 0.5rem 0 0; display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1.5rem; align-items: start; }
figure .scroll { max-height: 21rem; overflow: auto; }
figure svg { width: 100%; height: auto; display: block; }
@media (max-width: 56rem) { figure { grid-template-columns: minmax(0, 1fr); } }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
thead th { white-space: nowrap; }
.legend { list-style: none; display: flex; gap: 1.25rem; margin: 0 0 0.5rem; padding: 0; font-size: 0.9rem; }
.legend span { display: inline-block; width: 0.9rem; height: 0.9rem; margin-right: 0.4rem; vertical-align: -0.1rem; border-radius: 2px; }
th.right, td.right { text-align: right; font-variant-numeric: tabular-nums; padding-right: 0; padding-left: 0.75rem; white-space: nowrap; }
.definitions dt { font-weight: 600; margin-top: 0.6rem; }
.definitions dd { margin: 0; max-width: 46rem; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.9rem; }
@media print { main { max-width: none; padding: 0; } figure .scroll { max-height: none; } section { break-inside: avoid-page; } }
`;
