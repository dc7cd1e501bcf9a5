# The id of the user, or the name.
terraform import qumulo_local_user.backup 1004
