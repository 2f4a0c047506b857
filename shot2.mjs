import { chromium } from "playwright-core";

const [, , file = "/tmp/report.html", scheme = "dark", y = "0", out = "/tmp/c1.png"] = process.argv;
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const p = await b.newPage({ colorScheme: scheme, viewport: { width: 1200, height: 1500 } });
await p.goto("file://" + file);
await p.evaluate((y) => window.scrollTo(0, y), Number(y));
await p.screenshot({ path: out });
await b.close();
