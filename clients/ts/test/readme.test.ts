import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Server } from "./server.js";

const client = path.join(import.meta.dirname, "..");
const usual = "http://127.0.0.1:50051";

let server: Server;

beforeAll(async () => {
  server = await Server.start();
});

afterAll(async () => {
  await server?.stop();
});

test("the example of the README runs", async () => {
  const readme = await readFile(path.join(client, "README.md"), "utf8");
  const examples = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, example]) => example!);
  expect(examples).toHaveLength(1);
  expect(examples[0]!.split(usual)).toHaveLength(2);
  const program = examples[0]!.replace(usual, server.url);
  const run = promisify(execFile);
  const { stdout } = await run("node", ["--input-type=module", "--eval", program], { cwd: client, timeout: 60_000 });
  expect(stdout).toMatch(/^\d+ agent\.letta\.checkpoint\.saved s-1$/m);
});
