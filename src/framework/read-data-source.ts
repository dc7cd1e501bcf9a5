import { Diagnostics } from "./diagnostics.ts";
import type { EngineLife } from "./engine-life.ts";
import { reportFailure } from "./failure.ts";
import { decodeConfig, encodeState } from "./model-codec.ts";
import type { ReadDataSourceAnswer, ReadDataSourceRequest } from "./provider-server.ts";
import type { DataSource } from "./resource.ts";
import type { Schema } from "./schema.ts";
import type { ProviderSession } from "./session.ts";
import { checkReferences } from "./validate.ts";

/** A data source, and the engine that asks for it. */
export interface DataSourceTarget<C> {
  readonly dataSource: DataSource<Schema, C>;
  readonly session: ProviderSession<C>;
  readonly engine: EngineLife;
}

/** Reads something that is not managed. */
export async function readDataSource<C>(
  { dataSource, session, engine }: DataSourceTarget<C>,
  request: ReadDataSourceRequest,
): Promise<ReadDataSourceAnswer> {
  const diagnostics = new Diagnostics();
  try {
    if (!checkReferences(dataSource.schema, request.config, diagnostics)) {
      return { state: request.config, diagnostics: diagnostics.all };
    }
    const model = await dataSource.read({
      config: decodeConfig(dataSource.schema, request.config),
      client: session.getClient(),
      diagnostics,
      signal: session.signalsFor(engine).signal,
    });
    return { state: encodeState(dataSource.schema, model), diagnostics: diagnostics.all };
  } catch (error) {
    reportFailure(diagnostics, error, `${request.typeName} could not be read`);
    return { state: request.config, diagnostics: diagnostics.all };
  }
}
