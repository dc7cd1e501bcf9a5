resource "qumulo_local_user" "svc" {
  name = "svc"
}

resource "qumulo_access_token" "left" {
  user       = "local:${qumulo_local_user.svc.name}"
  expires_in = "90d"
}

resource "qumulo_role" "released" {
  name       = "released"
  privileges = ["PRIVILEGE_QUOTA_WRITE"]
}

resource "qumulo_role_member" "released" {
  role_name = qumulo_role.released.name
  auth_id   = qumulo_local_user.svc.id
}

resource "qumulo_role" "readers" {
  name       = "readers"
  privileges = ["PRIVILEGE_AUTH_CACHE_READ", "PRIVILEGE_KERBEROS_KEYTAB_READ"]
}

resource "qumulo_role_members" "readers" {
  role_name = qumulo_role.readers.name
  members   = ["world:everyone"]
}

resource "qumulo_role_member" "observer" {
  role_name = "Observers"
  auth_id   = qumulo_local_user.svc.id
}

resource "qumulo_role" "watching" {
  name       = "watching"
  privileges = ["PRIVILEGE_QUOTA_READ"]
}

resource "qumulo_role_member" "watching" {
  role_name = qumulo_role.watching.name
  auth_id   = qumulo_local_user.svc.id
}
