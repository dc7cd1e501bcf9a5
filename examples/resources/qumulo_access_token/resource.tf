resource "qumulo_local_user" "report" {
  name = "svc-report"
}

# Lives for 90 days. The first plan in its last 14 days rotates it, and the old token works for 48 hours more.
resource "qumulo_access_token" "report" {
  user                 = "auth_id:${qumulo_local_user.report.id}"
  expires_in           = "90d"
  rotate_before_expiry = "14d"
  overlap              = "48h"
}

output "bearer_token" {
  value     = qumulo_access_token.report.bearer_token
  sensitive = true
}

resource "qumulo_local_user" "audit" {
  name = "svc-audit"
}

# Ends at a fixed time, and rotates whenever somebody changes the value.
resource "qumulo_access_token" "audit" {
  user            = "auth_id:${qumulo_local_user.audit.id}"
  expiration_time = "2030-01-31T12:00:00Z"

  rotate_when_changed = {
    on_call = "anna"
  }
}
