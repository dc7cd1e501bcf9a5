/**
 * Takes over a service account that was made by hand: its user, its role and its access token. Nothing changes on the
 * cluster until a later deploy asks for it.
 *
 * Run it: install the packages (`npm install ./cdktf-qumulo-0.1.0.tgz cdktf@0.21 cdktf-cli@0.21 constructs@10.7 tsx`) and the provider
 * (`npx cdktf-qumulo install`), write down below what is there (`qq auth_list_users`, `qq auth_list_roles`,
 * `qq auth_list_access_tokens` show it), say where the cluster is and who you are, then look before you deploy:
 *
 *     export QUMULO_HOST=cluster.example.com QUMULO_USERNAME=admin
 *     read -rs QUMULO_PASSWORD && export QUMULO_PASSWORD
 *     npx cdktf diff --skip-provider-lock      # 3 to import, and no privilege changes
 *     npx cdktf deploy --skip-provider-lock
 *
 * Look at it: the deploy warns that the token came without its bearer token, which a cluster shows only once. Programs that
 * have it go on using it.
 *
 * Next: give the token an end. Replace `neverExpires` with `expiresIn` and `rotateBeforeExpiry`, change `taken_over` to
 * "yes" and deploy: that makes a new token, and the old one, which others may know, ends a day later.
 *
 * Clean up: to stop managing the account and keep it, remove its addresses from state (`terraform state rm` in
 * `cdktf.out/stacks/import-account`). `npx cdktf destroy --skip-provider-lock` deletes it from the cluster.
 */
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Privilege, QumuloProvider, Role, ServiceAccount } from "cdktf-qumulo";

class ImportAccount extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new QumuloProvider(this, "qumulo"); // all of it from the QUMULO_* environment

    const backup = new ServiceAccount(this, "backup", { name: "svc-backup" });
    backup.importFrom("svc-backup");

    const reader = new Role(this, "reader", { name: "backup-reader", privileges: [Privilege.SNAPSHOT_READ] });
    reader.importFrom("backup-reader");
    reader.grantTo(backup); // a member already, so that this changes nothing

    const token = backup.issueToken("token", { neverExpires: true, rotateWhenChanged: { taken_over: "no" } });
    token.importFrom("1234567890123456789");
  }
}

const app = new App();
new ImportAccount(app, "import-account");
app.synth();
