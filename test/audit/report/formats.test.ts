import { expect, test } from "@jest/globals";
import { audit } from "../../../src/audit/audit.ts";
import { type ReportFormatName, reportFormats } from "../../../src/audit/report/formats.ts";
import { planOf } from "../../support/plans/plan-builder.ts";

const names = Object.keys(reportFormats).filter((name): name is ReportFormatName => name in reportFormats);

test.each(names)("the form %s renders an audit without more than what every form is told", async (name) => {
  const render = await reportFormats[name].load();

  const report = render(audit(planOf([]), { now: new Date("2026-03-02T08:00:00Z") }), {
    failOn: "high",
  });

  expect(report).toMatch(/\S/);
});
