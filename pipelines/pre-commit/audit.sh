#!/bin/sh
# Plans a configuration, and audits the plan. Takes the folder of the configuration, and then flags of "cdktf-qumulo audit".
# The engine is the program that TERRAFORM_BINARY_NAME names, or else tofu, or terraform.
set -eu

if [ "$#" -eq 0 ]; then
  echo "Name the folder of the configuration as the first of the hook's args, such as args: [accounts]." >&2
  exit 2
fi
configuration=$1
shift

program=node_modules/.bin/cdktf-qumulo
if [ ! -x "$program" ]; then
  program=$(command -v cdktf-qumulo) || {
    echo "The program cdktf-qumulo is neither in node_modules/.bin nor on the PATH. Install its package here: npm install ./cdktf-qumulo-0.1.0.tgz" >&2
    exit 2
  }
fi
engine=${TERRAFORM_BINARY_NAME:-}
if [ -z "$engine" ]; then engine=$(command -v tofu || command -v terraform) || {
  echo "There is neither tofu nor terraform on the PATH, and TERRAFORM_BINARY_NAME names no program." >&2
  exit 2
}; fi

# For this user alone: a plan holds secrets.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
quietly() {
  "$@" >"$folder/log" 2>&1 || {
    cat "$folder/log" >&2
    exit 2
  }
}
quietly "$engine" -chdir="$configuration" init -input=false -no-color
quietly "$engine" -chdir="$configuration" plan -input=false -lock=false -no-color -out="$folder/plan.bin"
"$engine" -chdir="$configuration" show -json "$folder/plan.bin" >"$folder/plan.json"

status=0
"$program" audit --config="$configuration" "$@" -- "$folder/plan.json" || status=$?
if [ "$status" -eq 3 ]; then echo "Something that is not known may be as severe: somebody has to review it."; fi
exit "$status"
