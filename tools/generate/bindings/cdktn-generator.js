// Plain JavaScript for the same reason as cdktf-generator.js.
import "./cdktf-environment.js";
export { ConstructsMakerProviderTarget, TerraformProviderConstraint } from "@cdktn/commons";
export { CodeMaker, TerraformProviderGenerator } from "@cdktn/provider-generator";
