/**
 * An access token that is made anew every 76 days and handed on by itself: each deploy that is due makes a new token,
 * writes its bearer token to a credentials file, and checks that the cluster accepts it. The old one works for two more
 * days, so that nothing stops. Deploy every week, by a scheduler, say.
 *
 * Run it: install the packages (`npm install ./cdktf-qumulo-0.1.0.tgz cdktf@0.21 cdktf-cli@0.21 constructs@10.7 tsx`) and the
 * provider (`npx cdktf-qumulo install`), say where the cluster is and who you are, then deploy:
 *
 *     export QUMULO_HOST=cluster.example.com QUMULO_USERNAME=admin
 *     read -rs QUMULO_PASSWORD && export QUMULO_PASSWORD
 *     npx cdktf deploy --skip-provider-lock
 *
 * Look at it: `npx cdktf-qumulo verify --credentials-file ~/backup-credentials.json` says who the token is, what it may do,
 * and when it ends. Qumulo's `qq` reads the file with `--credentials-store`.
 *
 * Clean up: `npx cdktf destroy --skip-provider-lock` deletes the token, the role and the user. The file stays: delete it.
 */
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Duration, Privileges, QumuloProvider, ServiceIdentity, TokenDelivery } from "cdktf-qumulo";

class RotatingToken extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new QumuloProvider(this, "qumulo"); // all of it from the QUMULO_* environment

    const { token } = new ServiceIdentity(this, "backup", {
      name: "svc-backup",
      privileges: Privileges.snapshots(),
      token: { expiresIn: Duration.days(90), rotateBeforeExpiry: Duration.days(14), overlap: Duration.days(2) },
      output: false, // it is delivered
    });

    // Or a command, which finds the secret as $QUMULO_BEARER_TOKEN in its environment:
    // command: "printenv QUMULO_BEARER_TOKEN | tr -d '\\n' | vault kv put secret/backup token=-"
    new TokenDelivery(this, "delivery", { token, credentialsFile: "~/backup-credentials.json" });
  }
}

const app = new App();
new RotatingToken(app, "rotating-token");
app.synth();
