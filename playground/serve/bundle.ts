import { fileURLToPath } from "node:url";
import { build, stop } from "esbuild";

export interface Bundle {
  readonly script: string;
  readonly style: string;
}

const entry = fileURLToPath(new URL("../page/main.tsx", import.meta.url));

/** The page's script and style, made in memory. Nothing in them is loaded from elsewhere. */
export async function bundlePage(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    outdir: "page",
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  // esbuild runs as a process of its own, and has nothing more to do.
  await stop();
  const text = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? "";
  return { script: text(".js"), style: text(".css") };
}
