# What is decided during apply, as often as people make it so: by what another resource tells only then.
resource "terraform_data" "later" {
  input = "decided later"
}

resource "qumulo_local_user" "svc" {
  name = "svc"
}

resource "qumulo_role" "known" {
  name       = "known"
  privileges = ["PRIVILEGE_ROLE_WRITE"]
}

resource "qumulo_role" "partly" {
  name       = "partly"
  privileges = ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_${terraform_data.later.output}"]
}

resource "qumulo_role_member" "partly" {
  role_name = qumulo_role.partly.name
  auth_id   = qumulo_local_user.svc.id
}

resource "qumulo_role_member" "somebody" {
  role_name = qumulo_role.known.name
  auth_id   = terraform_data.later.output
}

resource "qumulo_role_members" "some" {
  role_name = "Observers"
  members   = ["local:svc", "local:${terraform_data.later.output}"]
}

resource "qumulo_access_token" "somebodys" {
  user = terraform_data.later.output
}

resource "qumulo_access_token" "end" {
  user            = qumulo_local_user.svc.name
  expiration_time = "2099-01-01T00:00:00Z"
  overlap         = terraform_data.later.output
  enabled         = terraform_data.later.output != "x"
}

resource "qumulo_local_user" "other" {
  name = "svc-${terraform_data.later.output}"
}

resource "qumulo_access_token" "endless" {
  user       = qumulo_local_user.other.name
  expires_in = terraform_data.later.output
}
