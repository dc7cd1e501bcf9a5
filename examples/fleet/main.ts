/**
 * The same service account on each of several clusters: one definition, one stack with a state of its own for each
 * cluster. The stacks are deployed side by side, and a cluster that is down holds up no other.
 *
 * Run it: install the packages (`npm install ./cdktf-qumulo-0.1.0.tgz cdktf@0.21 cdktf-cli@0.21 constructs@10.7 tsx`) and the provider
 * (`npx cdktf-qumulo install`), name your clusters below, say who you are, then deploy:
 *
 *     export QUMULO_USERNAME=admin
 *     read -rs QUMULO_PASSWORD && export QUMULO_PASSWORD
 *     npx cdktf deploy --skip-provider-lock '*'
 *
 * Look at it: `npx cdktf output --skip-provider-lock east` shows the outputs of one cluster, secrets masked.
 *
 * Clean up: `npx cdktf destroy --skip-provider-lock '*'`.
 */
import { App } from "cdktf";
import { forEachCluster, Privileges, ServiceIdentity } from "cdktf-qumulo";

const clusters = {
  east: { host: "east.example.com" },
  west: { host: "west.example.com" },
};

const app = new App();
forEachCluster(app, clusters, (stack) => {
  new ServiceIdentity(stack, "monitoring", {
    name: "svc-monitoring",
    privileges: Privileges.readOnlyMonitoring(),
  });
});
app.synth();
