import { readFileSync } from "node:fs";
import { request } from "node:https";
import { knownOrUndefined } from "../../../../src/framework/attribute-value.ts";
import { DiagnosticError } from "../../../../src/framework/diagnostics.ts";
import type { JsonObject } from "../../../../src/framework/json.ts";
import type { Provider } from "../../../../src/framework/provider.ts";
import { removed, type Resource } from "../../../../src/framework/resource.ts";
import { bool, computed, mapOf, number, optional, required, string } from "../../../../src/framework/schema.ts";

/*
 * A stand-in for the provider `hashicorp/vault`, whose Go module cannot be had: of the resource `vault_kv_secret_v2` what pages
 * use, with the requests that version 5.11.0 makes, to a real server. Written on our framework, and nothing of Qumulo is in it.
 */

/** Sends one request to the server. Gives the `data` of the answer; `undefined` when there is nothing at the path. */
type Vault = (method: "GET" | "POST" | "DELETE", path: string, body?: JsonObject) => Promise<JsonObject | undefined>;

const secretSchema = {
  description: "A secret of a KV secrets engine, version 2.",
  attributes: {
    id: computed(string, { description: "The path.", keepsPriorValue: true }),
    path: computed(string, { description: "Where it is.", keepsPriorValue: true }),
    mount: required(string, { description: "Where the engine is mounted.", requiresReplace: true }),
    name: required(string, { description: "Its name in there.", requiresReplace: true }),
    data_json_wo: optional(string, { description: "The secret, as JSON.", writeOnly: true }),
    data_json_wo_version: optional(number, { description: "Another number writes the secret again." }),
    metadata: computed(mapOf(string), { description: "What the engine says about the version." }),
  },
} as const;

const secretResource = {
  name: "kv_secret_v2",
  schema: secretSchema,
  async create({ planned, config, client }) {
    const written = await write(client, planned, knownOrUndefined(config.data_json_wo));
    return { ...planned, ...written };
  },
  async read({ state, client }) {
    const metadata = await readMetadata(client, state);
    return metadata === null ? removed : { ...state, metadata };
  },
  async update({ planned, config, client }) {
    const written = await write(client, planned, knownOrUndefined(config.data_json_wo));
    return { ...planned, ...written };
  },
  async delete({ state: { mount, name }, client }) {
    await client("DELETE", `${mount}/data/${name}`);
  },
} satisfies Resource<typeof secretSchema, Vault>;

interface Place {
  readonly mount: string;
  readonly name: string;
}

async function write(client: Vault, { mount, name }: Place, secret = "") {
  const path = `${mount}/data/${name}`;
  // What the practitioner wrote; the server judges it.
  await client("POST", path, { data: JSON.parse(secret) as JsonObject });
  return { id: path, path, data_json_wo: null, metadata: await readMetadata(client, { mount, name }) };
}

/** Reads the secret, and nothing of it but what is said about it. A deleted version is still there. */
async function readMetadata(client: Vault, { mount, name }: Place): Promise<Record<string, string> | null> {
  const secret = await client("GET", `${mount}/data/${name}`);
  if (secret === undefined) return null;
  await client("GET", `${mount}/metadata/${name}`);
  return Object.fromEntries(Object.entries(secret["metadata"] ?? {}).map(([key, value]) => [key, String(value)]));
}

const providerSchema = {
  description: "Reaches the server as VAULT_ADDR, VAULT_TOKEN and VAULT_CACERT say.",
  attributes: { skip_child_token: optional(bool, { description: "Uses the token itself, and not one made with it." }) },
} as const;

/** What pages use of the provider `vault`. */
export const vaultProvider: Provider<typeof providerSchema, Vault> = {
  name: "vault",
  schema: providerSchema,
  async configure({ config }) {
    if (knownOrUndefined(config.skip_child_token) !== true) throw new Error("The stand-in makes no child tokens.");
    const { VAULT_ADDR: address, VAULT_TOKEN: token = "", VAULT_CACERT: caFile = "" } = process.env;
    const options = { headers: { "x-vault-token": token }, ca: readFileSync(caFile) };
    return Promise.resolve(async (method, path, body) => {
      const url = new URL(`/v1/${path}`, address);
      const { status, text } = await ask(url, { ...options, method }, body);
      // What the server's own API says: an object with `data`, or with `errors`.
      const answer = JSON.parse(text === "" ? "{}" : text) as { readonly data?: JsonObject };
      if (status === 404 || status < 300) return answer.data;
      throw new DiagnosticError({ summary: `Vault answered ${status}`, detail: `${method} ${url.pathname}: ${text}` });
    });
  },
  resources: [secretResource],
  dataSources: [],
  ephemeralResources: [],
  functions: [],
};

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function ask(url: URL, options: Parameters<typeof request>[1], body?: JsonObject): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      answer.on("error", reject).on("end", () => {
        resolve({ status: answer.statusCode ?? 0, text });
      });
    });
    sent.on("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}
