# A service account for a backup program: a local user, a role with the few privileges that it needs, and an access
# token that ends by itself. The bearer token comes out as a sensitive output.
#
# Run it: install the program (`npm install ./cdktf-qumulo-0.1.0.tgz`) and the
# provider (`npx cdktf-qumulo install`), say where the cluster is and who you are, then apply:
#
#     export QUMULO_HOST=cluster.example.com QUMULO_USERNAME=admin
#     read -rs QUMULO_PASSWORD && export QUMULO_PASSWORD
#     tofu init && tofu apply          # or: terraform init && terraform apply
#
# Look at it: `tofu output -raw bearer_token` shows the secret; it is masked everywhere else.
#
# Clean up: `tofu destroy` deletes the token, the membership, the role and the user.

terraform {
  required_providers {
    qumulo = {
      source  = "cdktf-qumulo/qumulo"
      version = "~> 0.1.0"
    }
  }
}

provider "qumulo" {} # all of it from the QUMULO_* environment

resource "qumulo_role" "reader" {
  name        = "backup-reader"
  description = "What the backup program reads"
  privileges  = ["PRIVILEGE_CLUSTER_READ", "PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ"]
}

# Without a password the provider sets a random one and forgets it: nobody can log in as this user.
resource "qumulo_local_user" "backup" {
  name = "svc-backup"
}

resource "qumulo_role_member" "backup" {
  role_name = qumulo_role.reader.name
  auth_id   = qumulo_local_user.backup.id
}

resource "qumulo_access_token" "backup" {
  user            = "auth_id:${qumulo_local_user.backup.id}"
  expiration_time = "2030-01-31T12:00:00Z"

  # Whoever holds the token has what the role gives, from the first moment to the last.
  depends_on = [qumulo_role_member.backup]
}

output "account_name" {
  value = qumulo_local_user.backup.name
}

output "role_name" {
  value = qumulo_role.reader.name
}

output "token_id" {
  value = qumulo_access_token.backup.id
}

output "bearer_token" {
  value     = qumulo_access_token.backup.bearer_token
  sensitive = true
}
