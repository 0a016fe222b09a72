// Compiles messages/*.json into typed functions in src/paraglide.
//
// The compiler reports success with no messages at all when the message plugin cannot be loaded,
// so this fails on any warning and counts what came out.
import { readFile, readdir } from "node:fs/promises";
import { compile } from "@inlang/paraglide-js";

const warnings = [];
const quiet = [process.stdout, process.stderr].map((stream) => {
  const write = stream.write;
  // A compiler that has nothing to complain about says nothing.
  stream.write = (said) => warnings.push(String(said).trim()) > 0;
  return () => (stream.write = write);
});

await compile({
  project: "./project.inlang",
  outdir: "./src/paraglide",
  strategy: ["preferredLanguage", "baseLocale"],
  isServer: "false",
  emitTsDeclarations: false,
});

quiet.forEach((restore) => restore());

const { $schema: _schema, ...messages } = JSON.parse(await readFile("messages/en.json", "utf8"));
const wanted = Object.keys(messages);
const compiled = (await readdir("src/paraglide/messages"))
  .filter((file) => file.endsWith(".js") && file !== "_index.js")
  .map((file) => file.slice(0, -".js".length));

if (compiled.length !== wanted.length) {
  const missing = wanted.filter((key) => !compiled.includes(key));
  warnings.push(
    `${wanted.length} messages in the catalogue, ${compiled.length} compiled; missing: ${missing.join(", ")}`,
  );
}
if (warnings.length > 0) {
  process.stderr.write(`messages: ${warnings.join("\nmessages: ")}\n`);
  process.exit(1);
}
