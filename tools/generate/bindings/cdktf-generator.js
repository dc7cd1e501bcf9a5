// Plain JavaScript with types of its own beside it: those that these packages ship do not pass strict checking.
import "./cdktf-environment.js";
export { ConstructsMakerProviderTarget, TerraformProviderConstraint } from "@cdktf/commons";
export { CodeMaker, TerraformProviderGenerator } from "@cdktf/provider-generator";
