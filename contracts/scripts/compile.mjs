// Compiles Solidity with the pinned solc-js: compile.mjs OUTPUT_DIR SOURCE_DIR...
// Writes NAME.abi, NAME.bin and NAME.code (the deployed code, and where immutable values stand in it) for each contract
// defined in the given directories. Settings make the bytecode a
// function of the sources alone (no metadata hash). A file that would not change keeps its time stamp, and nothing is
// compiled when the sources, the settings and the lock file are those of the last run.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(import.meta.url);
const root = dirname(dirname(script));
const [output, ...directories] = process.argv.slice(2);
if (!output || directories.length === 0) {
  console.error("usage: node compile.mjs OUTPUT_DIR SOURCE_DIR...");
  process.exit(2);
}

const settings = {
  evmVersion: "prague",
  viaIR: true,
  // More would make the registry longer than a contract may be, and gain nothing that shows.
  optimizer: { enabled: true, runs: 20000 },
  metadata: { bytecodeHash: "none", appendCBOR: false },
  outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode"] } },
};

function solidityFiles(directory) {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      return solidityFiles(path);
    }
    return entry.name.endsWith(".sol") ? [path] : [];
  });
}

const paths = directories.flatMap((directory) => solidityFiles(join(root, directory))).sort();
const own = new Map(paths.map((path) => [relative(root, path).replaceAll("\\", "/"), readFileSync(path, "utf8")]));

const inputs = createHash("sha256");
for (const text of [readFileSync(script, "utf8"), readFileSync(join(root, "package-lock.json"), "utf8")]) {
  inputs.update(text).update("\0");
}
// Imports may cross directories, so every source of the module counts, not only those that are written out.
for (const path of ["src", "test"].filter((name) => existsSync(join(root, name))).flatMap((name) => solidityFiles(join(root, name))).sort()) {
  inputs.update(path).update("\0").update(readFileSync(path, "utf8")).update("\0");
}
const digest = inputs.digest("hex");
const stamp = join(output, ".inputs");
if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) {
  process.exit(0);
}

const solc = createRequire(join(root, "package.json"))("solc");
const findImport = (name) => {
  const path = [join(root, name), join(root, "node_modules", name)].find(existsSync);
  return path ? { contents: readFileSync(path, "utf8") } : { error: `${name} not found` };
};
const sources = Object.fromEntries([...own].map(([name, content]) => [name, { content }]));
const result = JSON.parse(
  solc.compile(JSON.stringify({ language: "Solidity", sources, settings }), { import: findImport }),
);
// A warning is either wrong code or needs a written reason: both stop the build, except in generated files.
const generated = (problem) => problem.sourceLocation?.file.startsWith("src/test/resources/");
const problems = (result.errors ?? []).filter((problem) => problem.severity === "error" || !generated(problem));
for (const problem of problems) {
  console.error(problem.formattedMessage);
}
if (problems.length > 0) {
  process.exit(1);
}

function writeIfChanged(path, content) {
  if (!existsSync(path) || readFileSync(path, "utf8") !== content) {
    writeFileSync(path, content);
  }
}

const codeBytesMax = 24576; // EIP-170
mkdirSync(output, { recursive: true });
for (const name of own.keys()) {
  for (const [contract, artefact] of Object.entries(result.contracts[name] ?? {})) {
    const bytecode = artefact.evm.bytecode.object;
    if (bytecode.length === 0) {
      continue; // an interface
    }
    const size = artefact.evm.deployedBytecode.object.length / 2;
    if (size > codeBytesMax) {
      console.error(`${contract}: ${size} bytes of code, more than ${codeBytesMax}`);
      process.exit(1);
    }
    writeIfChanged(join(output, `${contract}.abi`), JSON.stringify(artefact.abi));
    writeIfChanged(join(output, `${contract}.bin`), bytecode);
    const { object, immutableReferences } = artefact.evm.deployedBytecode;
    const immutables = Object.values(immutableReferences ?? {}).flat();
    writeIfChanged(join(output, `${contract}.code`), JSON.stringify({ code: object, immutables }));
  }
}
writeFileSync(stamp, digest);
