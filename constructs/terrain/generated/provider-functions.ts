// Written by "npm run generate:bindings" from the provider's schema. Do not edit.
// @ts-nocheck: CDKTF's generator does not write for the compiler flags that hold here.
import * as cdktn from 'cdktn';

/**
* Provider-defined functions of the qumulo provider.
*/
export class QumuloProviderFunctions {
  private readonly providerLocalName: string;

  /**
  * @param providerLocalName The local name of the provider in required_providers; defaults to the registry short name. Override when the provider is declared under a different local name — aliases do not change the namespace, local names do.
  */
  constructor(providerLocalName: string) {
    this.providerLocalName = providerLocalName;
  }

  /**
  * Gives the text of a credentials file that Qumulo's `qq` command line reads with `--credentials-store`, and this provider with `credentials_file`, just as `qq login` would write it. The text is as secret as the bearer token: it is sensitive or ephemeral where the bearer token is. Keep the file readable by its owner only (mode 0600).
  * @param {string} bearerToken - The bearer token of an access token or of a session.
  * @returns {string}
  */
  public credentialsFile(bearerToken: string): string {
    return cdktn.Token.asString(cdktn.TerraformProviderFunction.invoke(this.providerLocalName, "credentials_file", [bearerToken]));
  }

  /**
  * Reads an identity as Qumulo's `qq` command line takes it (`local:svc`, `ad:svc`, `auth_id:1004`, `uid:5001`, a SID, a bare name) and gives an object with `domain`, `auth_id`, `uid`, `gid`, `sid` and `name`, all of them strings, each null where the text does not give it. It does not ask the cluster; the data source `qumulo_identity` tells whether the identity exists.
  * @param {string} identity - The text to split, for example `local:svc`.
  * @returns {object}
  */
  public parseIdentity(identity: string): cdktn.IResolvable {
    return cdktn.TerraformProviderFunction.invoke(this.providerLocalName, "parse_identity", [identity]);
  }
}
