import { claimedTokenId } from "../../client/claimed-token-id.ts";
import { settingFaults, halfLoginFault } from "../../connection/check-settings.ts";
import { connect, type Surroundings } from "../../connection/connect.ts";
import { ConnectError, type Fault } from "../../connection/fault.ts";
import { type Environment, givenSettings, type Settings, withEnvironment } from "../../connection/settings.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { ConfigModel } from "../../framework/model.ts";
import type { ConfigureContext } from "../../framework/provider.ts";
import { type Connection, RunMemory } from "../connection.ts";
import type { ProviderSchema } from "../provider-schema.ts";
import { faultDiagnostic } from "./fault-diagnostic.ts";
import { importBearerTokenIn } from "./import-bearer-token.ts";

/** The provider's configuration as the engine sends it. */
type ProviderConfig = ConfigModel<ProviderSchema>;

/**
 * Connects to the cluster with the settings of the configuration, and those of the environment that the configuration leaves
 * out.
 *
 * @throws {DiagnosticError} for the first problem that prevents the connection, with what to change
 */
export async function configure(
  { config, diagnostics, signal }: ConfigureContext<ProviderSchema>,
  surroundings: Surroundings,
): Promise<Connection> {
  const { environment } = surroundings;
  const settings = withEnvironment(configuredSettings(config), environment);
  const warn = (fault: Fault): void => {
    diagnostics.warning(faultDiagnostic(fault));
  };
  try {
    const { shared, direct, credentials, coreVersion, clock } = await connect(settings, {
      ...surroundings,
      signal,
      warn,
    });
    return {
      reads: shared,
      writes: direct,
      coreVersion,
      clock,
      memory: new RunMemory(),
      login: credentials.kind === "login" ? credentials : undefined,
      claimedTokenId: credentials.kind === "login" ? undefined : claimedTokenId(credentials.bearerToken),
      importBearerToken: importBearerTokenIn(environment),
    };
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    throw new DiagnosticError(faultDiagnostic(error.fault), { cause: error });
  }
}

/** Checks the configuration as far as it is known. The environment is left out, because the plan may run on another machine. */
export function validateConfiguration(
  { config, diagnostics }: Pick<ConfigureContext<ProviderSchema>, "config" | "diagnostics">,
  environment: Environment,
): void {
  const configured = configuredSettings(config);
  for (const fault of settingFaults(configured)) diagnostics.error(faultDiagnostic(fault));
  const isLoginUnknown = config.username.kind === "unknown" || config.password.kind === "unknown";
  const halfLogin = isLoginUnknown ? undefined : halfLoginFault(withEnvironment(configured, environment));
  // What the environment alone says is not the configuration's fault: another one may be set when it is applied.
  if (halfLogin?.kind !== "login-incomplete" || halfLogin.given.variable !== undefined) return;
  diagnostics.error(faultDiagnostic(halfLogin));
}

function configuredSettings(config: ProviderConfig): Settings {
  const texts = Object.entries(config).map(([name, value]) => [
    name,
    knownOrUndefined<string | number | boolean>(value)?.toString(),
  ]);
  return givenSettings(Object.fromEntries(texts) as Readonly<Partial<Record<keyof ProviderConfig, string>>>);
}
