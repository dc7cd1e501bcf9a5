# The name of the role and the auth_id of the member.
terraform import qumulo_role_member.monitor Observers:1004
