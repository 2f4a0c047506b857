import { createRequire } from "node:module";

interface Example {
  readonly markdown: string;
  readonly section: string;
  readonly number: number;
}

/** Every example of the CommonMark specification, with its arrows as tabs. */
const { tests } = createRequire(import.meta.url)("commonmark-spec") as { tests: readonly Example[] };

/** What GitHub's dialect adds, in our own words: one line each for what can be written, and its edges. */
const extensions: Readonly<Record<string, readonly string[]>> = {
  Tables: [
    "| Step | Owner |\n| --- | --- |\n| build | ann |",
    "| Step | Owner |\n| :-- | --: |\n| build | ann |\n",
    "Step | Owner\n--- | ---\nbuild | ann",
    "| a \\| b | `x|y` |\n| - | - |\n| 1 | 2 |",
    "| only a head |\n| --- |\n",
    "| too | many |\n| --- |\n| cells |",
    "| a |\n| - |\n| row |\n> quotation",
    "| a |\n| - |\nlast row without pipes",
    "| a |\n| - |\n| row |\n- list",
    "text\n| a |\n| - |",
    "| a | b |\n| - | - |\n| 1 |\n| 1 | 2 | 3 |\n\nafter",
  ],
  "Task list items": [
    "- [ ] open\n- [x] done",
    "- [X] capital\n  - [ ] nested\n    1. [x] deeper",
    "- [ ]\n- [ ] \n- [x]no space",
    "* [ ] star\n+ [x] plus\n1. [ ] number",
    "- [ ] loose\n\n- [x] list\n\n  with a paragraph",
    "- [ ] last one without an end",
    "- \\[ ] escaped\n- `[ ]` code",
    "[ ]: /nowhere\n[x]: /somewhere\n\n- [x] a link or a box?",
  ],
  Strikethrough: ["~~gone~~ and ~one~", "~~not\n\nover paragraphs~~", "a ~~b *c~~ d*", "~~~~four~~~~"],
  Autolinks: [
    "www.example.com and http://example.com/a_b(c).",
    "mail ann@example.com, see https://example.com/?q=a&amp;b;",
    "www.example.com/<!-- x",
    "(https://example.com/a)b) xmpp:ann@example.com/a",
  ],
  "Disallowed raw HTML": [
    "<strong> <title> <style> <em>",
    "<xmp>\nis disallowed. <XMP> too\n</xmp>",
    "<textarea>\nopen",
    "<title>open\n\nstill?",
    "<iframe src='x'>\n",
    "<plaintext>\nto the end",
    "<script>\nif (a) b\n</script>",
    "<style>\n\np { color: red }",
    "<noembed>\n<noframes>\n",
  ],
  Footnotes: [
    "See[^1].\n\n[^1]: The note.",
    "See[^long].\n\n[^long]: A note\n    with a second line\n\n    and paragraph\n",
    "[^open]: ```\n    fence in a note",
    "[^a]: - [ ] box in a note",
    "[^nowhere] and ^[inline]",
  ],
  Alerts: ["> [!NOTE]\n> Text", "> [!WARNING]\n> - [ ] box"],
  "Open ends": [
    "```\nopen fence",
    "~~~~ text\nopen fence\n~~~",
    "- ```\n  open fence in a list",
    "> ```\n> open fence in a quotation",
    "<!-- open comment",
    "<!-- open comment\n\n- [ ] box",
    "<?php open",
    "<!DOCTYPE open",
    "<![CDATA[ open",
    "<details>\n<summary>folded</summary>\n",
    "<div>",
    "- <!-- open in a list",
    "$$\nopen formula",
    "`open code",
    "[open](link",
    "\\",
    "text  ",
    "text\t",
    "a\rb\r",
    "a\r\nb\r\n\r\n",
    "a\n\rb\r\r\n",
    "\uFEFF# mark of the byte order",
    "\uFEFF```",
    "\u0000",
    "\u2028\u2029\u0085\u000b\u000c",
    "\t\ttabs",
    " ",
    "\n",
    "\n\n\n",
    "",
  ],
};

/** Descriptions made of every example of the specifications. */
export const examples: readonly { readonly name: string; readonly markdown: string }[] = [
  ...tests.map(({ markdown, section, number }) => ({
    name: `CommonMark ${number} (${section})`,
    markdown: markdown.replaceAll("→", "\t"),
  })),
  ...Object.entries(extensions).flatMap(([section, texts]) =>
    texts.map((markdown, index) => ({ name: `GFM ${section} ${index + 1}`, markdown })),
  ),
];
