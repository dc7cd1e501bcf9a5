"""Calls Qumulo's Python library for a test: one request in JSON per line comes in, one answer in JSON per line goes out."""

import json
import sys

from datetime import datetime

from qumulo.lib.auth import Credentials
from qumulo.lib.identity_util import Identity
from qumulo.lib.request import RequestError
from qumulo.rest_client import RestClient


def decode(value):
    """JSON as it came; {"$identity": ...} and {"$time": ...} stand for the library's own kinds of value."""
    if isinstance(value, list):
        return [decode(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    if "$identity" in value:
        return Identity(value["$identity"])
    if "$time" in value:
        return datetime.fromisoformat(value["$time"])
    return {key: decode(entry) for key, entry in value.items()}


def encode(value):
    """What the library returned, as JSON: its iterators become lists of pages."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, dict):
        return {key: encode(entry) for key, entry in value.items()}
    if isinstance(value, Identity):
        return {"fields": value.dictionary(), "text": str(value)}
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if hasattr(value, "data") and hasattr(value, "etag"):
        return {"data": encode(value.data), "etag": value.etag}
    return [encode(entry) for entry in value]


def call(client, request):
    name, args, kwargs = request["call"], decode(request["args"]), decode(request["kwargs"])
    if name == "identity":
        return Identity(*args)
    if name == "authenticate":
        client.credentials = None if args[0] is None else Credentials(args[0])
        return None
    function = client
    for part in name.split("."):
        function = getattr(function, part)
    result = function(*args, **kwargs)
    # A login returns the credentials, which the client keeps.
    return None if name == "login" else result


def answer(client, request):
    try:
        return {"value": encode(call(client, request))}
    except RequestError as error:
        refusal = {
            "status": error.status_code,
            "errorClass": error.error_class,
            "description": error.description,
            "module": error.module,
            "stack": error.stack,
            "userVisible": error.user_visible,
        }
        return {"refusal": refusal}
    except Exception as error:
        return {"exception": f"{type(error).__name__}: {error}"}


def main():
    client = RestClient(sys.argv[1], int(sys.argv[2]), timeout=30)
    for line in sys.stdin:
        print(json.dumps(answer(client, json.loads(line))), flush=True)


main()
