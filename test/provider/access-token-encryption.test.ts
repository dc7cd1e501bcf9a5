import { expect, test } from "@jest/globals";
import { generateHybridIdentity } from "age-encryption";
import { decrypted, type KeyPair, newKeyPair } from "../support/engines/age-keys.ts";
import { type Given, givenEngine } from "../support/provider/given-provider.ts";
import {
  dayMs,
  type GivenSeries,
  givenSeries,
  refreshAndApply,
  refreshAndPlan,
  tokensPath,
  type,
} from "../support/provider/given-series.ts";
import { mapOfValues, undecided } from "../support/provider/values.ts";

/** A point of small order: it looks like a key, and no secret key belongs to it. */
const keyOfNobody = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z";

type State = Readonly<Record<string, unknown>> | null;

/** The bearer token in a state, for whom has this secret key. */
async function bearerTokenIn(state: State, keys: KeyPair): Promise<string> {
  return decrypted(state?.["encrypted_bearer_token"], keys);
}

function sealedFor(encrypt_to: Given[string], more: Given = {}): Given {
  return { user: "local:svc", expires_in: "90d", ...(encrypt_to === null ? {} : { encrypt_to }), ...more };
}

async function refusals({ engine }: GivenSeries, encrypt_to: string) {
  return engine.validate(type, sealedFor(encrypt_to));
}

test("with encrypt_to the state holds a bearer token that only the recipient can read, and that works", async () => {
  const { engine, statusOf } = await givenSeries();
  const reader = await newKeyPair();

  const planned = await engine.plan(type, sealedFor(reader.publicKey));
  const { state, kept, errors } = await engine.apply(type, sealedFor(reader.publicKey));

  expect(errors).toEqual([]);
  expect(planned.planned).toMatchObject({ bearer_token: null, encrypted_bearer_token: "(unknown)" });
  expect(state).toMatchObject({ bearer_token: null, encrypt_to: reader.publicKey });
  expect(state?.["encrypted_bearer_token"]).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
  const bearerToken = await bearerTokenIn(state, reader);
  expect(await statusOf(bearerToken)).toBe(200);
  await expect(bearerTokenIn(state, await newKeyPair())).rejects.toThrow("no identity matched");
  expect(JSON.stringify(state) + Buffer.from(kept.private).toString()).not.toContain(bearerToken);
  expect(await refreshAndPlan(engine, sealedFor(reader.publicKey), kept)).toMatchObject({ isEmpty: true });
});

test("each one of several recipients can decrypt, as in a recipients file, also post-quantum ones", async () => {
  const { engine, statusOf } = await givenSeries();
  const [first, second] = [await newKeyPair(generateHybridIdentity), await newKeyPair(generateHybridIdentity)];
  const file = `# the team\r\n${first.publicKey}\r\n\n  ${second.publicKey}  \n`;

  const { state } = await engine.apply(type, sealedFor(file));

  for (const reader of [first, second]) expect(await statusOf(await bearerTokenIn(state, reader))).toBe(200);
});

test("without encrypt_to nothing is encrypted", async () => {
  const { engine } = await givenSeries();

  const planned = await engine.plan(type, sealedFor(null));
  const { state } = await engine.apply(type, sealedFor(null));

  expect(planned.planned).toMatchObject({ bearer_token: "(unknown)", encrypted_bearer_token: null });
  expect(state).toMatchObject({ bearer_token: expect.stringMatching(/^access-v1:/), encrypted_bearer_token: null });
});

test("while encrypt_to is unknown, so are both forms of the bearer token", async () => {
  const { engine } = await givenSeries();
  const created = await engine.apply(type, sealedFor((await newKeyPair()).publicKey));

  const first = await engine.plan(type, sealedFor(undecided));
  const later = await engine.plan(type, sealedFor(undecided), created.kept);

  const both = { bearer_token: "(unknown)", encrypted_bearer_token: "(unknown)" };
  expect(first.planned).toMatchObject(both);
  expect(later.planned).toMatchObject({ ...both, id: "(unknown)" });
  expect(later.warnings).toMatchObject([{ detail: expect.stringContaining("encrypt_to is not known yet") }]);
});

test("other spellings of the same recipients change nothing", async () => {
  const { engine } = await givenSeries();
  const [first, second] = [(await newKeyPair()).publicKey, (await newKeyPair()).publicKey];
  const created = await engine.apply(type, sealedFor(`${first}\n${second}`));

  const respelled = await refreshAndPlan(
    engine,
    sealedFor(`# both\n ${second}\r\n\n${first}\n${first}\n`),
    created.kept,
  );

  expect(respelled).toMatchObject({ isEmpty: true, warnings: [] });
});

test.each([
  { change: "adding it", before: false, after: true, because: "in state in clear" },
  { change: "changing it", before: true, after: true, because: "only the previous recipients can decrypt" },
  { change: "removing it", before: true, after: false, because: "encrypt_to is removed" },
])("$change is a rotation, and the plan says why", async ({ before, after, because }) => {
  const { engine, statusOf } = await givenSeries();
  const [old, next] = [await newKeyPair(), await newKeyPair()];
  const created = await engine.apply(type, sealedFor(before ? old.publicKey : null));

  const plan = await refreshAndPlan(engine, sealedFor(after ? next.publicKey : null), created.kept);
  const rotated = await refreshAndApply(engine, sealedFor(after ? next.publicKey : null), created.kept);

  expect(plan.replaces).toEqual([]);
  expect(plan.warnings).toMatchObject([{ detail: expect.stringContaining(because) }]);
  expect(plan.planned).toMatchObject({
    id: "(unknown)",
    bearer_token: after ? null : "(unknown)",
    encrypted_bearer_token: after ? "(unknown)" : null,
  });
  expect(rotated.errors).toEqual([]);
  expect(rotated.state).toMatchObject({ previous_token: { id: created.state?.["id"] } });
  const bearerToken = after ? await bearerTokenIn(rotated.state, next) : rotated.state?.["bearer_token"];
  expect(await statusOf(bearerToken)).toBe(200);
  expect(await refreshAndPlan(engine, sealedFor(after ? next.publicKey : null), rotated.kept)).toMatchObject({
    isEmpty: true,
  });
});

test("a rotation for any other reason encrypts the new bearer token as well", async () => {
  const { engine, clock, statusOf } = await givenSeries();
  const reader = await newKeyPair();
  const config = sealedFor(reader.publicKey, {
    rotate_before_expiry: "14d",
    rotate_when_changed: mapOfValues({ keeper: "one" }),
  });
  const created = await engine.apply(type, config);
  clock.advance(80 * dayMs);

  const rotated = await refreshAndApply(engine, config, created.kept);

  expect(rotated.state).toMatchObject({ bearer_token: null, previous_token: { id: created.state?.["id"] } });
  expect(await statusOf(await bearerTokenIn(rotated.state, reader))).toBe(200);
  expect(await statusOf(await bearerTokenIn(created.state, reader))).toBe(200);
});

test("an imported token without a secret takes encrypt_to without a rotation, and encrypts the next one", async () => {
  const { engine } = await givenSeries();
  const created = await engine.apply(type, sealedFor(null));
  const reader = await newKeyPair();
  const imported = await engine.importById(type, String(created.state?.["id"]));

  const applied = await engine.apply(type, sealedFor(reader.publicKey), imported.kept);

  expect(applied).toMatchObject({ errors: [], warnings: [] });
  expect(applied.state).toMatchObject({
    id: created.state?.["id"],
    encrypt_to: reader.publicKey,
    bearer_token: null,
    encrypted_bearer_token: null,
  });
  expect(await refreshAndPlan(engine, sealedFor(reader.publicKey), applied.kept)).toMatchObject({ isEmpty: true });
});

test("a token that was imported with its secret is rotated by encrypt_to: its bearer token stood in state in clear", async () => {
  const { engine, simulator, clock, statusOf } = await givenSeries();
  const created = await engine.apply(type, sealedFor(null));
  const reader = await newKeyPair();
  const environment = { QUMULO_IMPORT_BEARER_TOKEN: String(created.state?.["bearer_token"]) };
  const importing = await givenEngine(simulator, { clock, environment });
  const imported = await importing.importById(type, String(created.state?.["id"]));

  const plan = await refreshAndPlan(engine, sealedFor(reader.publicKey), imported.kept);
  const rotated = await refreshAndApply(engine, sealedFor(reader.publicKey), imported.kept);

  expect(imported.state).toMatchObject({ bearer_token: created.state?.["bearer_token"] });
  expect(plan.warnings).toMatchObject([{ detail: expect.stringContaining("in state in clear") }]);
  expect(rotated.errors).toEqual([]);
  expect(rotated.state).toMatchObject({ bearer_token: null, previous_token: { id: created.state?.["id"] } });
  expect(await statusOf(await bearerTokenIn(rotated.state, reader))).toBe(200);
  expect(JSON.stringify(rotated.state)).not.toContain(environment.QUMULO_IMPORT_BEARER_TOKEN);
});

test("a lost answer to the creation leaves no token behind, and the next apply encrypts", async () => {
  const { engine, newEngine, simulator, statusOf, tokens } = await givenSeries();
  const reader = await newKeyPair();
  simulator.failNext({ method: "POST", path: /\/access-tokens\//, when: "after", with: { kind: "reset" } });

  const failed = await engine.apply(type, sealedFor(reader.publicKey));
  const left = await tokens();
  const created = await (await newEngine()).apply(type, sealedFor(reader.publicKey));

  expect(failed.errors).toMatchObject([{ detail: expect.stringContaining("nothing is left behind") }]);
  expect(failed.state).toBeNull();
  expect(left).toEqual([]);
  expect(created.state).toMatchObject({ bearer_token: null });
  expect(await statusOf(await bearerTokenIn(created.state, reader))).toBe(200);
  expect(await tokens()).toMatchObject([{ id: created.state?.["id"] }]);
});

test("a token that was deleted outside is made anew, encrypted as before", async () => {
  const { engine, admin, statusOf } = await givenSeries();
  const reader = await newKeyPair();
  const created = await engine.apply(type, sealedFor(reader.publicKey));
  await admin.delete(`${tokensPath}${String(created.state?.["id"])}`);

  const read = await engine.refresh(type, created.kept);
  const again = await engine.apply(type, sealedFor(reader.publicKey));

  expect(read.state).toBeNull();
  expect(again).toMatchObject({ errors: [], state: { bearer_token: null } });
  expect(await statusOf(await bearerTokenIn(again.state, reader))).toBe(200);
  expect(await statusOf(await bearerTokenIn(created.state, reader))).toBe(401);
});

test("when disabling the new token fails, its encrypted bearer token is in state, and nothing in clear", async () => {
  const { engine, simulator, statusOf } = await givenSeries();
  const reader = await newKeyPair();
  simulator.failNext({ method: "PATCH", path: /\/access-tokens\//, with: { kind: "status", status: 500 } });
  const failed = await engine.apply(type, sealedFor(reader.publicKey, { enabled: false }));

  const text = JSON.stringify([failed.state, failed.errors, failed.warnings]);

  expect(failed.errors).toMatchObject([{ summary: expect.stringContaining("could not be read") }]);
  expect(text).not.toContain("access-v1:");
  expect(await statusOf(await bearerTokenIn(failed.state, reader))).toBe(200);
});

test("a key to which nothing can be encrypted is noticed before a token is made", async () => {
  const { engine, tokens } = await givenSeries();

  const { errors, state } = await engine.apply(type, sealedFor(keyOfNobody));

  expect(errors).toMatchObject([
    { summary: "Bearer token cannot be encrypted to encrypt_to", attribute: ["encrypt_to"] },
  ]);
  expect(state).toBeNull();
  expect(await tokens()).toEqual([]);
});

test.each([
  ["nothing", "", "No recipient for the bearer token"],
  ["comments only", "# nobody\n\n  # at all\n", "No recipient for the bearer token"],
  ["the name of a file", "recipients.txt", "Recipient is invalid"],
  ["an SSH key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA me@host", "Recipient is invalid"],
  [
    "a key of a plugin",
    "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t",
    "Recipient is invalid",
  ],
])("encrypt_to with %s is refused at the attribute", async (_, text, summary) => {
  const series = await givenSeries();

  expect(await refusals(series, text)).toMatchObject([{ severity: "error", summary, attribute: ["encrypt_to"] }]);
});

test("a key that is misspelled or cut off is shown, with its line", async () => {
  const series = await givenSeries();
  const { publicKey } = await newKeyPair();
  const misspelled = publicKey.slice(0, -1) + (publicKey.endsWith("q") ? "p" : "q");

  for (const wrong of [misspelled, publicKey.slice(0, -1), `${publicKey}q`]) {
    const [refusal] = await refusals(series, `${publicKey}\n${wrong}`);
    expect(refusal?.detail).toContain(`Line 2 of encrypt_to is "${wrong}"`);
  }
  expect(await refusals(series, publicKey)).toEqual([]);
});

test("a secret key is refused without being repeated", async () => {
  const series = await givenSeries();
  const [classic, hybrid] = [await newKeyPair(), await newKeyPair(generateHybridIdentity)];

  for (const { secretKey, publicKey } of [classic, hybrid]) {
    for (const text of [secretKey, secretKey.toLowerCase(), `${publicKey}\n${secretKey}`, `x${secretKey.slice(3)}`]) {
      const found = await refusals(series, text);
      expect(found).toMatchObject([{ summary: "Secret key in encrypt_to", attribute: ["encrypt_to"] }]);
      expect(JSON.stringify(found)).not.toContain(secretKey.slice(-20));
    }
  }
});

test("post-quantum keys and others are not mixed, as the age program does not", async () => {
  const series = await givenSeries();
  const text = `${(await newKeyPair()).publicKey}\n${(await newKeyPair(generateHybridIdentity)).publicKey}`;

  expect(await refusals(series, text)).toMatchObject([{ summary: "Recipients of two kinds" }]);
});
