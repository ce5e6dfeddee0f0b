/**
 * Runs every method of the official SDK whose endpoint exists, under /v1 and under /api/v1: one line each.
 *
 * Reads from standard input, as JSON: url, password, and as `ours` and `theirs` what `manage.py bootstrap` printed.
 */
import { json } from "node:stream/consumers";

import { auth } from "./auth.mjs";
import { cast } from "./client.mjs";
import { dataClips } from "./clips.mjs";
import { accounts, roles, users } from "./people.mjs";
import { embedding } from "./embedding.mjs";
import { guests } from "./guests.mjs";
import { environments, events, secrets, spaces } from "./places.mjs";
import { records, sheets } from "./records.mjs";

const CLIENTS = {
  auth, accounts, users, roles, environments, secrets, spaces, sheets, records, dataClips, guests, embedding, events,
};
const count = { passed: 0, failed: 0 };

// What the SDK has to say about an answer of the wrong type, it says as a warning.
const warnings = [];
console.warn = (...words) => warnings.push(words.join(" "));

async function run(name, method, facts) {
  warnings.length = 0;
  try {
    await method(facts);
    if (warnings.length) throw new Error(`the SDK warned: ${warnings.join("\n")}`);
    count.passed++;
    console.log(`ok    ${name}`);
  } catch (error) {
    count.failed++;
    console.log(`FAIL  ${name}\n      ${error.stack.split("\n").slice(0, 12).join("\n      ")}`);
  }
}

const given = await json(process.stdin);
for (const root of [given.url, `${given.url}/api`]) {
  const [environmentId, theirEnvironmentId] = [given.ours, given.theirs].map((account) => account.environments[0].id);
  const facts = { ...given, root, api: await cast(root, given), environmentId, theirEnvironmentId };
  console.log(`\n${root}`);
  for (const [client, methods] of Object.entries(CLIENTS)) {
    for (const [name, method] of Object.entries(methods)) await run(`${client}.${name}`, method, facts);
  }
}
console.log(`\n${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed ? 1 : 0;
