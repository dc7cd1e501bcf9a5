import { QumuloProviderFunctions } from "./generated/provider-functions.ts";

/**
 * The provider's functions, which engines evaluate: OpenTofu 1.7 and Terraform 1.8, or later. `targetVersions` in `cdktf.json`
 * must say so. The settings of the provider itself cannot use them.
 *
 * @example
 * const text = qumuloFunctions.credentialsFile(token.bearerToken);
 * new TerraformOutput(this, "credentials_file", { value: text, sensitive: true });
 * @example
 * const owner = qumuloFunctions.parseIdentity("ad:anna");
 * new TerraformOutput(this, "owner", { value: propertyAccess(owner, ["name"]) });
 */
export const qumuloFunctions = new QumuloProviderFunctions("qumulo");
