#!/bin/sh
# Starts the provider with the Node.js on the PATH. The build puts this before the first file of the provider, each command on one line
# that does nothing when Node.js reads it: tools/launcher.ts.

# The engine shows the first line of standard output to the practitioner.
command -v node >/dev/null || { echo "The provider could not start: it needs Node.js 20.18.1 or later, and there is no node on the PATH. Install Node.js, and make sure that node is on the PATH of whoever runs the engine."; exit 1; }
# Where this names a file, Node 20 reads all certificate authorities at each start, which takes longer than the start itself. The
# provider takes it back, and reads the file when a connection needs it.
[ -z "${NODE_EXTRA_CA_CERTS-}" ] || { export CDKTF_QUMULO_EXTRA_CA_CERTS="$NODE_EXTRA_CA_CERTS"; unset NODE_EXTRA_CA_CERTS; }
exec node "$0" "$@"
