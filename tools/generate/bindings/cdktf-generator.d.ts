/* eslint-disable @typescript-eslint/no-extraneous-class -- these stand for classes of a package without usable types */
import type { JsonObject } from "./provider-schema-json.ts";

/** Which provider to make bindings for, and the versions that they ask an engine for. */
export declare class TerraformProviderConstraint {
  constructor(item: { readonly name: string; readonly source: string; readonly version: string });
}

/** A provider to make bindings for, and the language to make them in. */
export declare class ConstructsMakerProviderTarget {
  constructor(constraint: TerraformProviderConstraint, targetLanguage: "typescript");
}

/** Collects the text of the files that a generator writes. */
export declare class CodeMaker {
  constructor();
}

/** Makes bindings out of an engine's `providers schema -json` document. */
export declare class TerraformProviderGenerator {
  constructor(code: CodeMaker, schema: JsonObject);
  /** @throws {Error} when no provider address in the document fits the target's source */
  generate(target: ConstructsMakerProviderTarget): void;
  /** Writes `providers/<name>/` into a folder. */
  save(outputFolder: string): Promise<void>;
}
