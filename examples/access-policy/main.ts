/**
 * Rules about access that every stack of a program keeps. A construct that breaks one stops the synthesis, before any
 * engine starts; all that is wrong is shown at once, each at its construct.
 *
 * Run it: install the packages (`npm install ./cdktf-qumulo-0.1.0.tgz cdktf@0.21 cdktf-cli@0.21 constructs@10.7 tsx`) and the provider
 * (`npx cdktf-qumulo install`), say where the cluster is and who you are, then deploy:
 *
 *     export QUMULO_HOST=cluster.example.com QUMULO_USERNAME=admin
 *     read -rs QUMULO_PASSWORD && export QUMULO_PASSWORD
 *     npx cdktf deploy --skip-provider-lock
 *
 * Look at it: let the token live for 300 days and run `npx cdktf synth`: it says what is allowed.
 *
 * Clean up: `npx cdktf destroy --skip-provider-lock` deletes the token, the role and the user.
 */
import { App, TerraformStack } from "cdktf";
import { AccessPolicy, type AccessRule, Duration, Privileges, QumuloProvider, ServiceIdentity } from "cdktf-qumulo";

/** A rule of one's own: who reads the list of roles on the cluster sees which team made one. */
const namedByTeam: AccessRule = (subject) =>
  subject.kind === "role" && subject.name.kind === "known" && !subject.name.value.startsWith("storage-")
    ? [
        {
          what: "name",
          got: subject.name.value,
          allowed: "storage-…",
          advice: "Begin with the team.",
          level: "warning",
        },
      ]
    : [];

const app = new App();
AccessPolicy.applyTo(app, {
  maxTokenLife: Duration.days(90),
  requireRotation: true,
  forbidAdministrators: true,
  forbiddenPrivileges: Privileges.accessManagement(),
  accountNames: /^svc-/,
  rules: [namedByTeam],
});

const stack = new TerraformStack(app, "access-policy");
new QumuloProvider(stack, "qumulo"); // all of it from the QUMULO_* environment
new ServiceIdentity(stack, "quotas", {
  name: "svc-quotas",
  roleName: "storage-quotas",
  privileges: Privileges.quotas(),
  token: { expiresIn: Duration.days(60), rotateBeforeExpiry: Duration.days(14) },
});
app.synth();
