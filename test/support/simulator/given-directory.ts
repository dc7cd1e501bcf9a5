import { dispatch } from "../../../src/simulator/http/dispatch.ts";
import { Router } from "../../../src/simulator/http/router.ts";
import { routesOf } from "../../../src/simulator/http/routes.ts";
import type { Context, Variations } from "../../../src/simulator/rules/context.ts";
import { latestCoreVersion } from "../../../src/simulator/rules/core-version.ts";
import { connectLdap, joinActiveDirectory } from "../../../src/simulator/rules/identities/join-directory.ts";
import { createCluster } from "../../../src/simulator/rules/cluster/new-cluster.ts";
import { openSession } from "../../../src/simulator/rules/access/sessions.ts";
import { MemoryStore } from "../../../src/simulator/store/memory-store.ts";
import { Secret } from "../../../src/vocabulary/secret.ts";
import { SettableClock } from "./settable-clock.ts";

/** What a request came back with. */
export interface DirectReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body decoded; `undefined` when it is empty. */
  readonly body: unknown;
  /** The text in a field of the body; throws when there is none. */
  readonly field: (name: string) => string;
}

/** One party that sends requests with one bearer token, or with none. */
export interface DirectParty {
  readonly send: (method: string, target: string, body?: unknown) => DirectReply;
  /** The same party with a header If-Match in each of its requests. */
  readonly matching: (etag: string | undefined) => DirectParty;
}

/** A cluster without a socket: requests go through its routes and rules all the same. */
export interface GivenDirectory {
  readonly context: Context;
  readonly clock: SettableClock;
  /** Signed in as `admin`. */
  readonly admin: DirectParty;
  readonly nobody: DirectParty;
  readonly bearing: (bearerToken: string) => DirectParty;
  /** A party with a new session of the identity with this id. */
  readonly as: (authId: string) => DirectParty;
}

/** The ids of those in the directories. */
export const ids = {
  domainUsers: "21474836993",
  jane: "21474837583",
  john: "21474837584",
  locked: "21474837585",
  storageAdmins: "21474837590",
  it: "21474837591",
  bob: "12884907889",
  jdoe: "12884907890",
  lab: "17179876184",
  staff: "17179876185",
} as const;

/** The password of those users of Active Directory who have one. */
export const password = "Example-Passw0rd";

/** A cluster that is joined to no directory. */
export function givenNoDirectory(variations: Variations = {}): GivenDirectory {
  const clock = new SettableClock();
  const context = { store: new MemoryStore(), clock, variations, coreVersion: latestCoreVersion };
  const secret = new Secret(password);
  createCluster(context, { name: "given", adminPassword: secret, guestPassword: secret });
  const router = new Router(routesOf(latestCoreVersion));
  const bearing = (bearerToken?: string): DirectParty =>
    partyWith({ context, router, bearerToken, ifMatch: undefined });
  const as = (authId: string): DirectParty => bearing(openSession(context, authId).reveal());
  return { context, clock, admin: as("500"), nobody: bearing(), bearing, as };
}

/** A cluster that is joined to the domain LAB, and asks LDAP. */
export function givenDirectory(variations?: Variations): GivenDirectory {
  const given = givenNoDirectory(variations);
  joinActiveDirectory(given.context, {
    netbios_name: "LAB",
    dns_name: "lab.example.com",
    sid: "S-1-5-21-111-222-333",
    users: [
      {
        name: "jane",
        rid: 1_103,
        uid: 5_001,
        distinguished_name: "CN=Jane: Doe,DC=lab,DC=example,DC=com",
        primary_group: "Domain Users",
        member_of: ["storage admins"],
        password,
      },
      { name: "john", rid: 1_104, password },
      { name: "robot", rid: 1_106 },
      { name: "locked", rid: 1_105, password, login_allowed: false },
    ],
    groups: [
      { name: "Domain Users", rid: 513 },
      { name: "Storage Admins", rid: 1_110, gid: 9_001, member_of: ["IT"] },
      // Groups that hold each other do no harm.
      { name: "IT", rid: 1_111, member_of: ["Storage Admins"] },
    ],
  });
  connectLdap(given.context, {
    bind_uri: "ldap://ldap.example.com",
    users: [
      { name: "bob", uid: 6_001, primary_group: "lab" },
      { name: "jdoe", uid: 6_002, distinguished_name: "uid=jdoe,dc=ldap,dc=example,dc=com" },
    ],
    groups: [
      { name: "lab", gid: 7_000, member_of: ["staff"] },
      { name: "staff", gid: 7_001 },
    ],
  });
  return given;
}

interface Line {
  readonly context: Context;
  readonly router: Router;
  readonly bearerToken: string | undefined;
  readonly ifMatch: string | undefined;
}

function partyWith(line: Line): DirectParty {
  const { context, router, bearerToken, ifMatch } = line;
  const authorization = bearerToken === undefined ? undefined : `Bearer ${bearerToken}`;
  return {
    send: (method, target, sent) => {
      const body = Buffer.from(sent === undefined ? "" : JSON.stringify(sent));
      const listeners = { onUnknownPath: () => undefined, onNotStored: () => undefined, onDefect: rethrow };
      return replyOf(dispatch({ method, target, authorization, ifMatch, body }, { router, context, listeners }));
    },
    matching: (etag) => partyWith({ ...line, ifMatch: etag }),
  };
}

function replyOf({ status, headers, text }: Pick<DirectReply, "status" | "headers" | "text">): DirectReply {
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  return {
    status,
    headers,
    text,
    body,
    field(name) {
      const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
      if (typeof value === "string") return value;
      throw new Error(`The answer ${status} has no text in its field ${name}: ${text}`);
    },
  };
}

function rethrow(error: unknown): never {
  throw error;
}
