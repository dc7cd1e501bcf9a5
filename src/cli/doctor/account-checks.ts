import { readStoredCredentials } from "../../client/credentials-file.ts";
import { connect } from "../../connection/connect.ts";
import { findCredentials } from "../../connection/credentials.ts";
import { ConnectError } from "../../connection/fault.ts";
import type { Address } from "../../connection/settings.ts";
import type { Setting, Settings } from "../../connection/settings.ts";
import { neededPrivileges } from "../../provider/needed-privileges.ts";
import { systemClock } from "../../vocabulary/clock.ts";
import { instantOf, parseInstant } from "../../vocabulary/instant.ts";
import { upperFirst } from "../../vocabulary/upper-first.ts";
import type { CommandContext } from "../command-error.ts";
import { renderFlagFault } from "../setting-words.ts";
import { renderEnd } from "../verify/render.ts";
import { readTokenReport, type TokenReport } from "../verify/token-report.ts";
import { type Check, notChecked } from "./check.ts";

/** The account whose rights are checked, and what they are needed for. */
export interface AccountQuestion {
  readonly settings: Settings;
  readonly address: Address;
  /** Types of resources that a deploy manages. */
  readonly resources: readonly string[];
}

/** Logs in as the provider would, and looks at what that account may do. */
export async function checkAccount(question: AccountQuestion, context: CommandContext): Promise<readonly Check[]> {
  const { settings, address, resources } = question;
  const { env: environment, stop: signal } = context;
  const checks: Check[] = [];
  try {
    await findCredentials(settings, { address, environment });
    const source = await sourceOf(question, context);
    checks.push({ id: "credentials", status: "works", found: `${source}.` });
    // What there is to warn of, the checks before have told.
    const warn = (): void => undefined;
    const { shared, ...connection } = await connect(settings, { environment, clock: systemClock, signal, warn });
    try {
      const report = await readTokenReport({ ...connection, cluster: shared.until(signal) });
      const { name, id: authId } = report.user;
      const found = `The cluster accepts them, as those of ${name} (auth_id ${authId}).`;
      checks.push({ id: "login", status: "works", found, facts: { user: name, auth_id: authId } });
      checks.push(checkEnd(report, connection.credentials.kind === "login"), checkPrivileges(report, resources));
    } finally {
      await shared.close();
    }
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    checks.push({
      id: checks.length === 0 ? "credentials" : "login",
      status: "fails",
      ...renderFlagFault(error.fault),
    });
  }
  return checks;
}

async function sourceOf({ settings, address }: AccountQuestion, { env }: CommandContext): Promise<string> {
  const { username, bearer_token: bearerToken, credentials_file: file } = settings;
  const by = (setting: Setting): string => setting.variable ?? "a flag";
  if (username !== undefined) return `Name and password of ${username.text} (${by(username)}, QUMULO_PASSWORD)`;
  if (bearerToken !== undefined) return `A bearer token (${by(bearerToken)})`;
  if (file !== undefined) return `The credentials file ${file.text} (${by(file)})`;
  const store = await readStoredCredentials({ ...address, configHome: env["XDG_CONFIG_HOME"], home: env["HOME"] });
  return `What "qq login" has stored (${store.path})`;
}

const soonMs = 7n * 86_400_000n;

function checkEnd(report: TokenReport, isLogin: boolean): Check {
  const id = "token_end";
  if (isLogin) return { id, status: "works", found: "A login is renewed when its session ends." };
  const { accessToken, now, user } = report;
  if (accessToken === undefined) {
    const why = report.unread.find((sentence) => sentence.startsWith("When it ends: ")) ?? "When it ends: not known.";
    const todo =
      user.accessTokenId === undefined
        ? "For unattended deploys, use an access token or a login."
        : "Grant the privilege, or check with another account.";
    return { id, status: "attention", found: upperFirst(why.slice("When it ends: ".length)), todo };
  }
  const { expirationTime } = accessToken;
  const end = expirationTime === undefined ? undefined : parseInstant(expirationTime);
  if (end === undefined) {
    return {
      id,
      status: "works",
      found: `Access token ${accessToken.id} never ends.`,
      facts: { token: accessToken.id },
    };
  }
  const isSoon = end - instantOf(now) <= soonMs * 1_000_000n;
  return {
    id,
    status: isSoon ? "attention" : "works",
    found: `Access token ${accessToken.id} ends ${renderEnd(report)}.`,
    ...(isSoon ? { todo: "Rotate it, or create another one, before deploys are refused." } : {}),
    facts: { token: accessToken.id, expiration_time: expirationTime ?? "" },
  };
}

function checkPrivileges({ user }: TokenReport, resources: readonly string[]): Check {
  const id = "privileges";
  const held = user.privileges;
  if (held === undefined) return notChecked(id, "this version of Qumulo Core does not tell callers which they have");
  const lacking = resources.flatMap((type) => {
    const missing = (neededPrivileges[type] ?? []).filter((name) => !held.includes(name));
    return missing.length === 0 ? [] : [{ type, missing }];
  });
  if (lacking.length === 0) {
    return { id, status: "works", found: `${user.name} can manage ${resources.join(", ")}.` };
  }
  const missing = [...new Set(lacking.flatMap((one) => one.missing))];
  const texts = lacking.map((one) => `${one.type} (${one.missing.join(", ")})`);
  return {
    id,
    status: "fails",
    found: `${user.name} lacks the privileges to manage ${texts.join(", ")}.`,
    todo: `Grant it a role with ${missing.join(", ")}; or, if a deploy does not manage all of these, name those that it does with --resource.`,
    facts: { missing },
  };
}
