"""A test in Python that has a simulated cluster of its own, and controls it: seed, clock, faults, request log.

It needs Python 3.9 or later, nothing but its standard library, and the program cdktf-qumulo, whose place is the first
argument where it is not on the PATH.
"""

import http.client
import json
import socket
import ssl
import subprocess
import sys
import tempfile
from pathlib import Path


BEARER_TOKEN = "access-v1:for-this-test"

SEED = {
    "version": 1,
    "users": [{"name": "svc-backup"}],
    "access_tokens": [
        {"user": "local:svc-backup", "bearer_token": BEARER_TOKEN, "expiration_time": "2030-03-01T00:00:00Z"},
    ],
}


class ControlConnection(http.client.HTTPConnection):
    """Speaks HTTP over a Unix socket, which only the user who started the simulator can reach."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost")
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self._path)


class Control:
    """The control API of a simulator."""

    def __init__(self, path: str) -> None:
        self._path = path

    def ask(self, method: str, path: str, body: object = None) -> dict:
        connection = ControlConnection(self._path)
        headers = {} if body is None else {"Content-Type": "application/json"}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        response = connection.getresponse()
        answer = json.load(response)
        connection.close()
        if response.status != 200:
            raise RuntimeError(f"{method} {path}: {answer['message']}")
        return answer


class Cluster:
    """The REST API of the cluster, as the program under test would use it."""

    def __init__(self, place: dict) -> None:
        self._place = place
        self._trust = ssl.create_default_context(cafile=place["ca_file"])
        self._headers: dict = {}

    def ask(self, method: str, path: str, body: object = None) -> "tuple[int, object]":
        connection = http.client.HTTPSConnection(self._place["host"], self._place["port"], context=self._trust)
        connection.request(method, path, None if body is None else json.dumps(body), self._headers)
        response = connection.getresponse()
        text = response.read()
        connection.close()
        return response.status, json.loads(text) if text else None

    def log_in(self) -> None:
        login = {"username": self._place["username"], "password": self._place["password"]}
        _, session = self.ask("POST", "/v1/session/login", login)
        self.carry(session["bearer_token"])

    def carry(self, bearer_token: str) -> None:
        self._headers = {"Authorization": f"Bearer {bearer_token}"}


def main(program: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "control" / "control.sock")
        command = [program, "simulate", "--port", "0", "--json", "--control-socket", path]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as simulator:
            try:
                use(Cluster(json.loads(simulator.stdout.readline())), Control(path))
            finally:
                simulator.terminate()


def use(cluster: Cluster, control: Control) -> None:
    # The cluster becomes the one that this test is about, on a day of its own.
    control.ask("PUT", "/v1/clock", {"time": "2030-01-31T12:00:00Z", "running": False})
    control.ask("PUT", "/v1/seed", SEED)
    cluster.carry(BEARER_TOKEN)
    print("in January:", cluster.ask("GET", "/v1/session/who-am-i")[0])

    # A month passes, and the access token ends.
    control.ask("POST", "/v1/clock/advance", {"by": "30d"})
    print("in March:", cluster.ask("GET", "/v1/session/who-am-i")[0])

    # The next list of users fails, once.
    cluster.log_in()
    control.ask("POST", "/v1/faults", {"fault": "GET /v1/users/ 503"})
    control.ask("DELETE", "/v1/requests")
    print("statuses:", [cluster.ask("GET", "/v1/users/")[0] for _ in range(2)])
    for entry in control.ask("GET", "/v1/requests")["requests"]:
        print("log:", entry["method"], entry["path"], entry["status"])

    # The cluster of the start, which knows nothing of all that.
    control.ask("POST", "/v1/reset")
    print("access tokens:", len(control.ask("GET", "/v1/seed").get("access_tokens", [])))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "cdktf-qumulo")
