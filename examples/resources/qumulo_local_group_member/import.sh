# The id of the group and the id of the member.
terraform import qumulo_local_group_member.cron 1005:1004
