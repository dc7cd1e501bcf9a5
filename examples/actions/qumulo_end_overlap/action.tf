resource "qumulo_access_token" "index" {
  user                 = "local:svc-index"
  expires_in           = "90d"
  rotate_before_expiry = "14d"
}

# Hands the new bearer token on.
resource "terraform_data" "delivery" {
  triggers_replace = qumulo_access_token.index.id

  provisioner "local-exec" {
    command = "cdktf-qumulo deliver --credentials-file index.json"

    environment = {
      QUMULO_BEARER_TOKEN = qumulo_access_token.index.bearer_token
    }
  }
}

# Comes after the delivery, and not at all when that fails: then nothing uses the token before any more. Terraform starts the
# actions of a resource also when its own provisioner has failed.
resource "terraform_data" "delivered" {
  input = terraform_data.delivery.id

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
