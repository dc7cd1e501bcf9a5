resource "qumulo_local_user" "index" {
  name = "svc-index"
}

resource "qumulo_access_token" "index" {
  user                 = "auth_id:${qumulo_local_user.index.id}"
  expires_in           = "90d"
  rotate_before_expiry = "14d"
}

resource "terraform_data" "delivered" {
  input = qumulo_access_token.index.id

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.qumulo_end_overlap.index]
    }
  }
}

action "qumulo_end_overlap" "index" {
  config {
    previous_id  = try(qumulo_access_token.index.previous_token.id, null)
    successor_id = qumulo_access_token.index.id
  }
}

action "qumulo_revoke_access_tokens" "leak" {
  config {
    user = "local:${qumulo_local_user.index.name}"
  }
}

action "qumulo_disable_access_token" "suspect" {
  config {
    id             = qumulo_access_token.index.id
    allow_lock_out = true
  }
}
