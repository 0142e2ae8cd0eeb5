import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

const client = path.join(import.meta.dirname, "..");
const checkedIn = path.join(client, "src", "gen");
const cure = "the generated code is not current: run `cargo xtask gen` and commit what it writes";

let scratch: string;

beforeEach(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), "god33-generated-"));
});

afterEach(async () => {
  await rm(scratch, { recursive: true });
});

test("generated code is what the contract says", async () => {
  await generate(scratch);
  const fresh = path.join(scratch, "src", "gen");
  if (process.env.UPDATE_GENERATED === "1") {
    await rm(checkedIn, { recursive: true, force: true });
    await cp(fresh, checkedIn, { recursive: true });
  }
  expect(differences(await contents(checkedIn), await contents(fresh)), cure).toEqual([]);
});

test("everything generated from the contract is exported", async () => {
  const index = await readFile(path.join(client, "src", "index.ts"), "utf8");
  const folder = path.join("god33", "v1");
  const modules = (await readdir(path.join(checkedIn, folder))).map((file) => file.replace(/\.ts$/, ".js"));
  expect(modules.length).toBeGreaterThan(0);
  const missing = modules.filter((module) => !index.includes(`from "./gen/god33/v1/${module}"`));
  expect(missing, "src/index.ts does not export these").toEqual([]);
});

/** Runs buf with the local plugin, both of the versions in the lock file. */
async function generate(into: string): Promise<void> {
  const binaries = path.join(client, "node_modules", ".bin");
  const env = { ...process.env, PATH: [binaries, process.env.PATH].join(path.delimiter) };
  await promisify(execFile)(path.join(binaries, "buf"), ["generate", "--output", into], { cwd: client, env });
}

/** Every file of a folder, by its path. */
async function contents(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const read = async (file: string) => [path.relative(folder, file), await readFile(file, "latin1")] as const;
  return new Map(await Promise.all(files.map(read)));
}

/** Paths of the files that only one side has, or that differ. */
function differences(one: Map<string, string>, other: Map<string, string>): string[] {
  const paths = new Set([...one.keys(), ...other.keys()]);
  return [...paths].filter((file) => one.get(file) !== other.get(file)).sort();
}
