# The name of the role.
terraform import qumulo_role_members.quotas quota-editor
