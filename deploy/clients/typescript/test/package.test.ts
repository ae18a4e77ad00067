import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const MOST_BYTES = 5_000;

test("the package has modules with their types, and nothing else", () => {
  const [{ files }] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { encoding: "utf8" }));
  const names: string[] = files.map(({ path }: { path: string }) => path);

  assert.deepEqual(
    names.filter((name) => !/^dist\/\w+\.(js|d\.ts)$/.test(name)),
    ["README.md", "package.json"],
  );
  assert.ok(names.includes("dist/herald.js") && names.includes("dist/herald.d.ts") && names.includes("dist/api.d.ts"));
});

test("a page loads less than 5 kB", async () => {
  const options = { bundle: true, minify: true, format: "esm", write: false } as const;
  const { outputFiles } = await build({ entryPoints: ["dist/herald.js"], ...options });

  const bytes = gzipSync(outputFiles[0]!.contents).length;

  assert.ok(bytes < MOST_BYTES, `${bytes} bytes, minified and compressed, with openapi-fetch`);
});
