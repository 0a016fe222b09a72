import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const source = readdirSync("src", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => !path.includes("paraglide") && !path.endsWith(".test.ts"));
const text = source.map((path) => readFileSync(path, "utf8")).join("\n");
const { $schema: _schema, ...catalogue } = JSON.parse(readFileSync("messages/en.json", "utf8"));

describe("the catalogue", () => {
  it("contains no unused message", () => {
    const used = new Set([...text.matchAll(/\bm\.([a-z0-9_]+)/g)].map(([, key]) => key));
    expect(Object.keys(catalogue).filter((key) => !used.has(key))).toEqual([]);
  });

  it("contains no duplicate key", () => {
    const raw = readFileSync("messages/en.json", "utf8");
    const keys = [...raw.matchAll(/^ {2}"([a-z0-9_]+)":/gm)].map(([, key]) => key);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it("contains no technical terms", () => {
    expect(JSON.stringify(catalogue)).not.toMatch(/\b(slot|verifier|Argon2|TOTP|checksum)\b/i);
  });
});
