import { chromium } from "playwright-core";

const [, , file = "/tmp/report.html"] = process.argv;
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const scheme of ["light", "dark"]) {
  const p = await b.newPage({ colorScheme: scheme, viewport: { width: 1200, height: 900 } });
  p.on("console", (m) => console.log(scheme, m.type(), m.text()));
  await p.goto("file://" + file);
  await p.screenshot({ path: `/tmp/report-${scheme}.png`, fullPage: true });
  await p.close();
}
const p = await b.newPage({ viewport: { width: 390, height: 800 } });
await p.goto("file://" + file);
await p.screenshot({ path: "/tmp/report-narrow.png", fullPage: true });
await b.close();
