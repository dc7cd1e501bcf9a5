# The id of the access token; `qq auth_list_access_tokens` shows the ids.
terraform import qumulo_access_token.report 15204896138297435842

# With the secret, for who still has it: it is checked against the cluster and kept in state.
QUMULO_IMPORT_BEARER_TOKEN="$(cat bearer-token)" terraform import qumulo_access_token.report 15204896138297435842
