import type { AccessToken } from "../../client/access-tokens.ts";
import type { Cluster } from "../../client/cluster.ts";
import { attempting } from "../../connection/attempt.ts";
import { fewAtATime } from "../../vocabulary/few-at-a-time.ts";
import { type IdentityReference, parseIdentityText } from "../../vocabulary/identity-text.ts";
import { shown } from "../../vocabulary/shown-text.ts";
import { type CommandContext, CommandError, CommandOutcome, wrongUsage } from "../command-error.ts";
import { type BearerTokenFlags, clusterSettings, onToldCluster } from "../connect.ts";
import { parseDurationFlag } from "../duration-flag.ts";
import { type ProgressFlags, progressTo } from "../progress.ts";
import { deliverReport, outputView } from "../report-output.ts";
import { type NamedCluster, readClustersFile } from "./clusters-file.ts";
import { type ClusterTokens, isSelective, isWanted, listedTokens, type Wanted } from "./inventory.ts";
import { type ManagedTokens, readManagedTokens } from "./managed.ts";
import { renderCsv } from "./render-csv.ts";
import { renderJson } from "./render-json.ts";
import { renderPrometheus } from "./render-prometheus.ts";
import { renderText } from "./render-text.ts";

/** The flags of `tokens`. */
export interface TokensFlags extends BearerTokenFlags, ProgressFlags {
  readonly clusters?: string;
  readonly expiring?: string;
  readonly neverExpires?: boolean;
  readonly unusedSlots?: boolean;
  readonly of?: string;
  readonly state?: readonly string[];
  readonly format: "text" | "json" | "csv" | "prometheus";
  readonly output?: string;
}

/** The exit status when there are tokens that were looked for. */
const found = 1;
/** The exit status when a cluster, or the end of a token, is not known. */
const partlyUnknown = 3;
/** Clusters that are asked at the same time. */
const atATime = 4;

/**
 * Runs the command `tokens`.
 *
 * @throws {CommandOutcome} with status 1 when tokens were looked for and there are some, with 3 when something is not known
 * @throws {CommandError} with status 2 when a flag or a file is wrong
 */
export async function runTokens(flags: TokensFlags, context: CommandContext): Promise<void> {
  const wanted = parseWanted(flags);
  const user = parseUser(flags.of);
  const clusters = await clustersOf(flags, context);
  const managed = await readManagedTokens(flags.state ?? []);
  const asked: Asked = { wanted, user, managed, progress: progressTo(flags, context) };
  const answers = await fewAtATime(clusters, atATime, async (cluster) => tokensOf(cluster, asked, context));
  const report = { clusters: answers, isSelective: isSelective(wanted), hasStates: flags.state !== undefined };
  await deliverReport(renderers[flags.format](report, outputView(flags, context)), flags, context);
  for (const { name, failure } of answers) {
    if (failure !== undefined) context.writeError(`error: ${shown(name)}: ${failure}\n`);
  }
  const tokens = answers.flatMap((answer) => answer.tokens);
  const isKnown = answers.every(({ failure }) => failure === undefined);
  if (!isKnown || tokens.some(({ standing }) => standing === "unknown")) throw new CommandOutcome(partlyUnknown);
  if (isSelective(wanted) && tokens.length > 0) throw new CommandOutcome(found);
}

const renderers = { text: renderText, json: renderJson, csv: renderCsv, prometheus: renderPrometheus };

interface Asked {
  readonly wanted: Wanted;
  readonly user: IdentityReference | undefined;
  readonly managed: ManagedTokens;
  readonly progress: (step: string) => void;
}

function parseWanted({ expiring, neverExpires, unusedSlots }: TokensFlags): Wanted {
  return { expiringWithinMs: parseDurationFlag("--expiring", expiring), neverExpires, unusedSlots };
}

function parseUser(text: string | undefined): IdentityReference | undefined {
  if (text === undefined) return undefined;
  const parsed = parseIdentityText(text);
  if (parsed.kind === "identity") return parsed.identity;
  throw new CommandError(`--of ${JSON.stringify(text)} is not a user: ${parsed.reason}`, { exitCode: wrongUsage });
}

async function clustersOf(flags: TokensFlags, context: CommandContext): Promise<readonly NamedCluster[]> {
  if (flags.clusters === undefined) {
    const settings = clusterSettings(flags, context);
    return [{ name: settings.host?.text ?? "", settings }];
  }
  if (flags.host !== undefined || flags.port !== undefined || flags.credentialsFile !== undefined) {
    throw new CommandError(
      "--clusters says how each cluster is reached. Leave out --host, --port and --credentials-file.",
      {
        exitCode: wrongUsage,
      },
    );
  }
  return readClustersFile(flags.clusters, context);
}

async function tokensOf(named: NamedCluster, asked: Asked, context: CommandContext): Promise<ClusterTokens> {
  const { name } = named;
  const host = named.settings.host?.text ?? "";
  try {
    return await readTokens({ ...named, host }, asked, context);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    // The other clusters of a fleet are told all the same.
    return { name, host, now: undefined, tokens: [], total: 0, failure: error.message };
  }
}

async function readTokens(
  { name, host, ...told }: NamedCluster & { readonly host: string },
  { wanted, user, managed, progress }: Asked,
  context: CommandContext,
): Promise<ClusterTokens> {
  progress(`Reading access tokens of ${shown(name)}`);
  return onToldCluster(told, context, async ({ cluster, clock }) => {
    const attempt = {
      summary: "The access tokens could not be read",
      privilege: "PRIVILEGE_ACCESS_TOKENS_READ",
    } as const;
    const all = await attempting(attempt, async () => listTokens(cluster, user));
    const now = clock.now();
    const tokens = listedTokens(all, { now, managed }).filter((token) => isWanted(token, wanted));
    progress(`Read ${all.length} of ${shown(name)}`);
    return { name, host, now, tokens, total: all.length, failure: undefined };
  });
}

async function listTokens(cluster: Cluster, user: IdentityReference | undefined): Promise<readonly AccessToken[]> {
  if (user === undefined) return cluster.accessTokens.list();
  const { authId } = await cluster.identities.get(user);
  return cluster.accessTokens.listOf(authId);
}
