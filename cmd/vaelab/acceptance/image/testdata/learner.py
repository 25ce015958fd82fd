"""Has the hub of hub.py start the server of a learner, and ends when it is up."""

import json
import time
import urllib.error
import urllib.request

HUB = "http://127.0.0.1:8081/hub/api"


def ask(path, method="GET"):
    request = urllib.request.Request(HUB + path, method=method, headers={"Authorization": "token a-token-of-the-test"})
    with urllib.request.urlopen(request, timeout=600) as answer:
        text = answer.read()
    return json.loads(text) if text else None


while True:  # the hub is starting
    try:
        ask("/")
        break
    except urllib.error.URLError as error:
        if not isinstance(error.reason, ConnectionRefusedError):
            raise
        time.sleep(0.2)
ask("/users/ann", "POST")
ask("/users/ann/server", "POST")
while not ask("/users/ann")["servers"].get("", {}).get("ready"):
    time.sleep(0.2)
