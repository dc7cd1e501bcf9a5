/**
 * The access of a team: what a program may do comes from the groups that it is in, and what a group may do from its roles.
 * One account is managed here, another one exists on the cluster and only joins.
 *
 * Run it: install the packages (`npm install ./cdktf-qumulo-0.1.0.tgz cdktf@0.21 cdktf-cli@0.21 constructs@10.7 tsx`) and the provider
 * (`npx cdktf-qumulo install`), make the user `svc-scheduler` or change its name below, say where the cluster is and who
 * you are, then deploy:
 *
 *     export QUMULO_HOST=cluster.example.com QUMULO_USERNAME=admin
 *     read -rs QUMULO_PASSWORD && export QUMULO_PASSWORD
 *     npx cdktf deploy --skip-provider-lock
 *
 * Look at it: `qq auth_list_role --role storage-operator` shows the group as a member of the role.
 *
 * Clean up: `npx cdktf destroy --skip-provider-lock` deletes what was made here. `svc-scheduler` stays, without the group.
 */
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { LocalGroup, Privileges, QumuloProvider, Role, ServiceAccount } from "cdktf-qumulo";

class TeamRoles extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new QumuloProvider(this, "qumulo"); // all of it from the QUMULO_* environment

    const scheduler = ServiceAccount.fromName(this, "scheduler", "svc-scheduler");
    const snapshots = new ServiceAccount(this, "snapshots", { name: "svc-snapshots" });

    const team = new LocalGroup(this, "team", { name: "storage-operators", members: [scheduler, snapshots] });

    const operator = new Role(this, "operator", {
      name: "storage-operator",
      description: "What the programs of the storage team do",
      privileges: [...Privileges.snapshots(), ...Privileges.quotas()],
    });
    operator.grantTo(team);

    const monitoring = new Role(this, "monitoring", {
      name: "storage-monitoring",
      description: "What the programs of the storage team look at",
      privileges: Privileges.readOnlyMonitoring(),
    });
    monitoring.grantTo(team);
  }
}

const app = new App();
new TeamRoles(app, "team-roles");
app.synth();
