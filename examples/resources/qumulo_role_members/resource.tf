resource "qumulo_role" "quotas" {
  name        = "quota-editor"
  description = "Who may change quotas"
  privileges  = ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_QUOTA_WRITE"]
}

resource "qumulo_local_user" "billing" {
  name = "svc-billing"
}

# Exactly these: whoever else was added to the role is removed.
resource "qumulo_role_members" "quotas" {
  role_name = qumulo_role.quotas.name
  members = [
    "auth_id:${qumulo_local_user.billing.id}",
    "uid:5002",
  ]
}
