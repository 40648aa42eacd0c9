// Installs node_modules exactly as package-lock.json says, unless that has been done already: the lock's digest is
// kept inside node_modules, so a repeated build costs no npm run.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const digest = createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
const stamp = join(root, "node_modules", ".installed-lock-digest");

if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) {
  process.exit(0);
}
const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
  cwd: root,
  stdio: "inherit",
  shell: process.platform === "win32",
});
if (npm.error) {
  console.error(`npm could not be started (Node 20 or later is needed): ${npm.error.message}`);
  process.exit(1);
}
if (npm.status !== 0) {
  console.error("npm ci failed: see its message above");
  process.exit(npm.status ?? 1);
}
writeFileSync(stamp, digest);
