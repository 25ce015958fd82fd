"""Presses Tab in a kernel: starts one, and for each line that it reads asks for what completes a text, and prints the answer as JSON.

The first line that it prints says that the kernel is there.
"""

import json
import sys
import time

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="gonb", startup_timeout=600)
try:
    print("ready", flush=True)
    for line in sys.stdin:
        text = json.loads(line)
        begun = time.monotonic()
        reply = client.complete(text, len(text), reply=True, timeout=600)
        print(json.dumps({"matches": reply["content"].get("matches") or [], "took": time.monotonic() - begun}), flush=True)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
