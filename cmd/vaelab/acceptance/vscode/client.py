"""Runs a notebook's code cells as VS Code's Jupyter extension does without a Jupyter server, and tells what comes, as lines of JSON.

Usage: client.py KERNEL_JSON NOTEBOOK

The kernel is started from its description, in the notebook's folder. What the description says of the environment counts, but for its
PATH: for kernels that aren't Python's, VS Code leaves the editor's (kernelEnvVarsService.node.ts and mergeVariables in
environment.node.ts, in github.com/microsoft/vscode-jupyter). Nobody answers a comm. A cell with the line
"// interrupted" is interrupted, by message, as soon as it prints.
"""

import json
import os
import pathlib
import queue
import secrets
import subprocess
import sys
import time

import nbformat
from jupyter_client import BlockingKernelClient
from jupyter_client.connect import write_connection_file


def environment(spec):
    """The process's own environment, over it the description's without PATH and PYTHONPATH."""
    over = {name: value.replace("$$", "$") for name, value in spec.get("env", {}).items()}
    return os.environ | {name: value for name, value in over.items() if name not in ("PATH", "PYTHONPATH")}


def run(client, source):
    begin = time.monotonic()
    request = client.execute(source, store_history=True, stop_on_error=False)
    stop = "// interrupted" in source.splitlines()
    messages = []
    while True:
        message = client.get_iopub_msg()
        if message["parent_header"].get("msg_id") != request:
            continue
        kind, content = message["header"]["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            break
        if kind not in ("status", "execute_input"):
            messages.append({"type": kind, "content": content, "at": time.monotonic() - begin})
        if stop and kind == "stream":
            client.control_channel.send(client.session.msg("interrupt_request", {}))
            stop = False
    reply = client.get_shell_msg()
    while reply["parent_header"].get("msg_id") != request:
        reply = client.get_shell_msg()
    return {"seconds": time.monotonic() - begin, "status": reply["content"]["status"], "messages": messages}


def wait(client, kernel):
    """Waits until the kernel answers; jupyter_client's own waiting takes one that is slow to start for dead."""
    while True:
        client.kernel_info()
        try:
            client.get_shell_msg(timeout=1)
            client.get_iopub_msg(timeout=1)
            return
        except queue.Empty:
            if kernel.poll() is not None:
                raise SystemExit(f"the kernel has ended with {kernel.returncode}")


def main(description, notebook):
    spec = json.loads(pathlib.Path(description).read_text())
    notebook = pathlib.Path(notebook)
    connection = str(notebook.parent / f"kernel-v3{secrets.token_hex(20)}.json")
    write_connection_file(connection, ip="127.0.0.1", key=secrets.token_bytes(16).hex().encode())
    argv = [word.replace("{connection_file}", connection) for word in spec["argv"]]
    kernel = subprocess.Popen(argv, cwd=notebook.parent, env=environment(spec), stdin=subprocess.DEVNULL, stdout=sys.stderr, start_new_session=True)
    client = BlockingKernelClient(connection_file=connection)
    client.load_connection_file()
    try:
        client.start_channels(hb=False)
        wait(client, kernel)
        for cell in nbformat.read(notebook, as_version=4).cells:
            if cell.cell_type == "code":
                print(json.dumps(run(client, cell.source)), flush=True)
        client.shutdown()
        kernel.wait(timeout=60)
    finally:
        client.stop_channels()
        kernel.kill()
        kernel.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
