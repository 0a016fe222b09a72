import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const source = readdirSync("src", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => !path.includes("paraglide"));

/** The files of this folder that a file imports, types included. */
function imports(path: string): string[] {
  const text = readFileSync(path, "utf8");
  return [...text.matchAll(/(?:from|import) "(\.[^"]+)"/g)].flatMap(([, name = ""]) => {
    const base = join(dirname(path), name);
    return [base, `${base}.ts`].filter((file) => /\.(svelte|ts)$/.test(file) && existsSync(file));
  });
}

/** Returns a circle that is reached from the file, as the list of files on it, or null. */
function circleFrom(
  path: string,
  graph: Map<string, string[]>,
  done: Set<string>,
): string[] | null {
  const trail: string[] = [];
  const walk = (file: string): string[] | null => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return null;
    trail.push(file);
    for (const next of graph.get(file) ?? []) {
      const circle = walk(next);
      if (circle) return circle;
    }
    trail.pop();
    done.add(file);
    return null;
  };
  return walk(path);
}

describe("imports", () => {
  const graph = new Map(source.map((path) => [path, imports(path)]));

  it("are found at all", () => {
    expect(graph.get(join("src", "main.ts"))).toEqual([join("src", "App.svelte")]);
  });

  it("form no circle", () => {
    const done = new Set<string>();
    const circles = source.map((path) => circleFrom(path, graph, done)).filter(Boolean);
    expect(circles).toEqual([]);
  });

  it("of Tauri are in src/ipc only", () => {
    const others = source.filter(
      (path) =>
        !path.startsWith(join("src", "ipc")) &&
        !path.endsWith("imports.test.ts") &&
        readFileSync(path, "utf8").includes("@tauri-apps/api"),
    );
    expect(others).toEqual([]);
  });

  it("of test doubles are in tests only", () => {
    const others = source.filter(
      (path) =>
        !path.endsWith(".test.ts") &&
        !path.startsWith(join("src", "testing")) &&
        (graph.get(path) ?? []).some((file) => /testing|__mocks__/.test(file)),
    );
    expect(others).toEqual([]);
  });
});
