import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { loadLibrary } from "../../../src/simulator/store/database.ts";
import { type DurableStore, openDurableStore } from "../../../src/simulator/store/durable-store.ts";
import type { TableName } from "../../../src/simulator/store/records.ts";
import { RowJournal } from "../../../src/simulator/store/row-journal.ts";
import { StoreError, type StoreProblem } from "../../../src/simulator/store/store-error.ts";
import type { Store } from "../../../src/simulator/store/store.ts";
import { asOrdinaryUser } from "../../support/processes/ordinary-user.ts";
import { fc } from "../../support/search.ts";

const run = promisify(execFile);

let folder: string;
let file: string;
let opened: DurableStore[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "store-"));
  file = join(folder, "cluster.db");
  opened = [];
});

afterEach(async () => {
  for (const { close } of opened) close();
  await rm(folder, { recursive: true, force: true });
});

async function openStore(fill: (store: Store) => Promise<void> | void = () => undefined): Promise<DurableStore> {
  const durable = await openDurableStore(file, fill);
  opened.push(durable);
  return durable;
}

/** A closed file with records on many pages. */
async function givenFile(records = 200): Promise<readonly string[]> {
  const { store, close } = await openStore((empty) => {
    empty.transaction(() => {
      for (let id = 1; id <= records; id += 1) empty.put("accountNames", `user-${id}`, { id: `${id}`, kind: "user" });
    });
  });
  // Later changes, so that there are pages in no order, and free ones.
  for (let id = 1; id <= records; id += 3) store.remove("accountNames", `user-${id}`);
  store.put("accountNames", "last", { id: "9", kind: "group" });
  const left = contentOf(store);
  close();
  return left;
}

function contentOf(store: Store): readonly string[] {
  return [...store.entries("accountNames")].map(([key, record]) => `${key} ${JSON.stringify(record)}`);
}

/** What opening comes to: the records, or why not. */
async function reopen(): Promise<readonly string[] | StoreProblem> {
  try {
    const { store, isNew, close } = await openStore();
    const content = contentOf(store);
    close();
    return isNew ? "foreign" : content;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    expect(error.message).toContain(file);
    return error.problem;
  }
}

test("what was put is there when the file is opened again, in the same order", async () => {
  const written = await givenFile();

  const read = await reopen();

  expect(read).toEqual(written);
  expect(written.length).toBeGreaterThan(100);
});

test("every text survives, also quotes, zero bytes, halves of characters and megabytes", async () => {
  const texts = [
    'it\'s "quoted" -- ; DROP',
    "\u0000\u001f\u007f",
    "\ud800 alone",
    "日本 😀 é",
    "x".repeat(2_000_000),
    "",
  ];
  const { store, close } = await openStore();
  for (const [index, text] of texts.entries()) {
    store.put("roles", `${text.slice(0, 50)}${index}`, {
      name: text,
      description: text,
      privileges: [text],
      builtIn: false,
      revision: 1,
    });
  }
  const before = [...store.entries("roles")];
  close();

  const again = await openStore();

  expect([...again.store.entries("roles")]).toEqual(before);
});

test("any sequence of changes reads back as it was left", async () => {
  const key = fc.constantFrom("a", "b", "c", "d");
  const change = fc.record({ key, id: fc.option(fc.string(), { nil: undefined }) });
  const transactions = fc.array(fc.array(change, { maxLength: 5 }), { maxLength: 6 });

  await fc.assert(
    fc.asyncProperty(transactions, async (all) => {
      await rm(file, { force: true });
      const { store, close } = await openStore();
      for (const changes of all) {
        store.transaction(() => {
          for (const { key: name, id } of changes) {
            if (id === undefined) store.remove("accountNames", name);
            else store.put("accountNames", name, { id, kind: "user" });
          }
        });
      }
      const left = contentOf(store);
      close();

      expect(await reopen()).toEqual(left);
    }),
    { numRuns: 15 },
  );
});

test("a file that is opened again is not filled again", async () => {
  await givenFile();

  const again = await openStore(() => {
    throw new Error("filled twice");
  });

  expect(again.isNew).toBe(false);
});

test("when filling fails, there is no file, and the next attempt begins anew", async () => {
  const attempt = openStore((store) => {
    store.put("accountNames", "half", { id: "1", kind: "user" });
    throw new Error("the seed is bad");
  });

  await expect(attempt).rejects.toThrow("the seed is bad");
  await expect(stat(file)).rejects.toMatchObject({ code: "ENOENT" });
  const { store, isNew } = await openStore();
  expect(isNew).toBe(true);
  expect(contentOf(store)).toEqual([]);
});

test("the file and its journal are for their owner alone", async () => {
  const { store } = await openStore();
  store.put("accountNames", "a", { id: "1", kind: "user" });

  const modes = await Promise.all(
    [file, `${file}-journal`, `${file}.lock`].map(async (name) => ((await stat(name)).mode & 0o777).toString(8)),
  );

  expect(modes).toEqual(["600", "600", "600"]);
});

test("a file that is open is refused, and free once it is closed", async () => {
  const first = await openStore();

  const whileOpen = await reopen();
  first.close();
  first.close();
  const afterwards = await reopen();

  expect(whileOpen).toBe("in-use");
  expect(afterwards).toEqual([]);
});

test("of many that open a new file at once, one has it", async () => {
  const attempts = await Promise.allSettled(Array.from({ length: 5 }, async () => openStore()));

  const refusals = attempts.flatMap((attempt) => (attempt.status === "rejected" ? [attempt.reason as unknown] : []));
  expect(refusals).toHaveLength(4);
  for (const refusal of refusals) expect(refusal).toMatchObject({ problem: "in-use" });
});

test("a closed store takes no changes", async () => {
  const { store, close } = await openStore();

  close();

  expect(() => {
    store.put("accountNames", "late", { id: "1", kind: "user" });
  }).toThrow(StoreError);
  expect(await reopen()).toEqual([]);
});

test("a file cut at any length is refused", async () => {
  await givenFile();
  const { size } = await stat(file);
  await copyFile(file, `${file}.whole`);
  const lengths = [
    0,
    1,
    15,
    16,
    99,
    100,
    101,
    4_095,
    4_096,
    4_097,
    8_192,
    size - 4_096,
    size - 4_095,
    size - 512,
    size - 1,
  ];

  const outcomes = new Map<number, unknown>();
  for (const length of lengths) {
    await copyFile(`${file}.whole`, file);
    await truncate(file, length);
    outcomes.set(length, await reopen());
  }

  expect([...outcomes.values()]).toEqual(lengths.map(() => "damaged"));
});

test("a file with something at its end is refused", async () => {
  await givenFile();

  await writeFile(file, Buffer.alloc(4_096), { flag: "a" });

  expect(await reopen()).toBe("damaged");
});

test("a file with damaged bytes is refused, or read exactly where they hold nothing", async () => {
  const written = await givenFile();
  const whole = await readFile(file);
  const offset = fc.nat(whole.length - 1);
  const flip = fc.record({ kind: fc.constant("flip" as const), offset, bit: fc.nat(7) });
  const zero = fc.record({ kind: fc.constant("zero" as const), offset, length: fc.integer({ min: 1, max: 5_000 }) });
  let refused = 0;

  await fc.assert(
    fc.asyncProperty(fc.oneof({ arbitrary: flip, weight: 3 }, zero), async (damage) => {
      const bytes = Buffer.from(whole);
      if (damage.kind === "zero") bytes.fill(0, damage.offset, Math.min(damage.offset + damage.length, bytes.length));
      else bytes.writeUInt8(bytes.readUInt8(damage.offset) ^ (1 << damage.bit), damage.offset);
      await writeFile(file, bytes);

      const outcome = await reopen();

      if (typeof outcome === "string") refused += 1;
      else expect(outcome).toEqual(written);
    }),
    { numRuns: Number(process.env["STORE_DAMAGE_RUNS"] ?? 250) },
  );

  expect(refused).toBeGreaterThan(50);
});

test("a record that is gone from an intact file is noticed", async () => {
  await givenFile();
  await changeWithSql("DELETE FROM record WHERE position = 5");

  expect(await reopen()).toBe("damaged");
});

test("a file of another program is refused, and so is one of a newer version", async () => {
  await writeFile(file, "not a database ".repeat(1_000));
  const text = await reopen();
  await rm(file);
  await changeWithSql("CREATE TABLE notes(text)");
  const otherProgram = await reopen();
  await rm(file);
  await givenFile();
  await changeWithSql("PRAGMA user_version = 2");
  const newerFormat = await reopen();

  expect([text, otherProgram, newerFormat]).toEqual(["damaged", "foreign", "newer"]);
});

test("a file with records that this version does not know is refused", async () => {
  await givenFile();
  const connect = await loadLibrary();
  const database = connect(file);
  const journal = new RowJournal(database, file);
  journal.load();
  // The records of a later version: a table that no type here knows.
  journal.keep([{ table: "quotas" as TableName, key: "1", record: { limit: 1 } as never }]);
  database.close();

  expect(await reopen()).toBe("newer");
});

test("a journal without its file is refused, as the file was there", async () => {
  await writeFile(`${file}-journal`, "left behind");

  expect(await reopen()).toBe("damaged");
});

test("a lock with something in it is refused with what helps, which loses nothing", async () => {
  const content = await givenFile();
  await writeFile(`${file}.lock`, "something");

  await expect(openDurableStore(file, () => undefined)).rejects.toThrow(/cluster\.db\.lock should be empty.*Delete it/);
  await rm(`${file}.lock`);

  expect(await reopen()).toEqual(content);
});

test("a folder in place of the file is refused", async () => {
  await mkdir(file);

  expect(await reopen()).toBe("inaccessible");
});

test("a file in a folder that is not there is refused", async () => {
  file = join(folder, "missing", "cluster.db");

  expect(await reopen()).toBe("inaccessible");
});

test("without the right to read the file, or to write beside it, it is refused", async () => {
  await givenFile();
  await chmod(folder, 0o755);
  await chmod(file, 0o644);

  const readOnly = await asOrdinaryUser(folder, async () => {
    await chmod(folder, 0o555);
    return reopen();
  });
  const unreadable = await asOrdinaryUser(folder, async () => {
    await chmod(folder, 0o755);
    await chmod(file, 0o000);
    return reopen();
  });

  expect([readOnly, unreadable]).toEqual(["inaccessible", "inaccessible"]);
});

async function changeWithSql(sql: string): Promise<void> {
  const script = `const Database = require("libsql"); const d = new Database(process.argv[1]); d.exec(process.argv[2]); d.close();`;
  await run(process.execPath, ["-e", script, file, sql], { cwd: join(__dirname, "../../..") });
}
