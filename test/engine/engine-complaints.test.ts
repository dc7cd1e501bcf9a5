import { expect, test } from "@jest/globals";
import { complaintsIn } from "../support/engines/engine-complaints.ts";

test.each([
  `Error: Provider produced invalid plan`,
  `Error: Provider produced inconsistent final plan`,
  `Error: Provider produced inconsistent result after apply`,
  `Error: Provider returned invalid result object after apply`,
  `2026-03-02T08:00:00.000Z [WARN]  Provider "registry.terraform.io/cdktf-qumulo/qumulo" produced an invalid plan for qumulo_role.x, but we are tolerating it because it is using the legacy plugin SDK.`,
  `2026-03-02T08:00:00.000Z [WARN]  Provider "provider[\\"registry.opentofu.org/cdktf-qumulo/qumulo\\"]" produced an unexpected new value for qumulo_role.x, but we are tolerating it because it is using the legacy plugin SDK.`,
])("an engine complains: %s", (line) => {
  expect(complaintsIn(`before\n${line}\nafter`)).toEqual([line]);
});

test.each([
  `2026-03-02T08:00:00.000Z [WARN]  Provider "registry.terraform.io/cdktf-qumulo/qumulo" produced an unexpected new value for qumulo_role.x during refresh.`,
  `Error: The provider met an unexpected error`,
  `Terraform used the selected providers to generate the following execution plan.`,
])("an engine does not complain: %s", (line) => {
  expect(complaintsIn(line)).toEqual([]);
});
