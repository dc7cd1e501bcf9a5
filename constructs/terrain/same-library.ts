import type { TerraformProvider } from "cdktf";
import type { TerraformProvider as TerrainProvider } from "cdktn";

/** A provider for a binding that only CDK Terrain has. */
export function onTerrain(provider: TerraformProvider): TerrainProvider {
  // The sources of both entries say `cdktf`, which the build replaces by `cdktn` in this one: both types are one class there.
  return provider as unknown as TerrainProvider;
}
