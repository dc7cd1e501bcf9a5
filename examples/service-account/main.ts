/**
 * A service account for a backup program: a local user, a role with the few privileges that it needs, and an access
 * token that ends by itself. The bearer token comes out as a sensitive output.
 *
 * Run it: install the packages (`npm install ./cdktf-qumulo-0.1.0.tgz cdktf@0.21 cdktf-cli@0.21 constructs@10.7 tsx`) and the provider
 * (`npx cdktf-qumulo install`), say where the cluster is and who you are, then deploy:
 *
 *     export QUMULO_HOST=cluster.example.com QUMULO_USERNAME=admin
 *     read -rs QUMULO_PASSWORD && export QUMULO_PASSWORD
 *     npx cdktf deploy --skip-provider-lock
 *
 * With OpenTofu, also `export TERRAFORM_BINARY_NAME=tofu`. Without `--skip-provider-lock`, cdktf asks a public registry
 * for a provider that is installed here.
 *
 * Look at it: this writes the bearer token to a file that only you can read; it is masked everywhere else:
 *
 *     (umask 077 && npx cdktf output --skip-provider-lock --outputs-file-include-sensitive-outputs --outputs-file out.json)
 *
 * On the cluster: `qq auth_list_access_tokens`.
 *
 * Clean up: `npx cdktf destroy --skip-provider-lock` deletes the token, the membership, the role and the user.
 */
import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { QumuloProvider, Role, ServiceAccount } from "cdktf-qumulo";

class BackupAccess extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new QumuloProvider(this, "qumulo"); // all of it from the QUMULO_* environment

    const reader = new Role(this, "reader", {
      name: "backup-reader",
      description: "What the backup program reads",
      privileges: ["PRIVILEGE_CLUSTER_READ", "PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ"],
    });
    const backup = new ServiceAccount(this, "backup", { name: "svc-backup" });
    reader.grantTo(backup);
    const token = backup.issueToken("token", { expirationTime: "2030-01-31T12:00:00Z" });

    new TerraformOutput(this, "account_name", { value: backup.name });
    new TerraformOutput(this, "role_name", { value: reader.name });
    new TerraformOutput(this, "token_id", { value: token.tokenId });
    token.output("bearer_token");
  }
}

const app = new App();
new BackupAccess(app, "service-account");
app.synth();
