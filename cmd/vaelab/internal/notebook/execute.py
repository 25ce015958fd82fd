"""Executes one notebook with Jupyter's own client and tells its parent about each cell, as lines of JSON.

Usage: execute.py NOTEBOOK COPY CELL_TIMEOUT_SECONDS

The kernel's working directory is the notebook's folder. The executed copy is written in any case, so that what
came before a failing cell can be read.
"""

import html
import json
import pathlib
import re
import sys
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError


def tell(**event):
    print(json.dumps(event), flush=True)


def plain(text):
    """Without the colours of a terminal."""
    return re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text).strip()


def compiler(cell):
    """What the Go compiler said. GoNB shows it as HTML: each message with its place and, folded, the code around."""
    page = "".join(o.data.get("text/html", "") for o in cell.outputs if o.output_type == "display_data")
    if "application/vnd.jupyter.stderr" not in page:
        return ""
    page = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    page = re.sub(r'<div class="gonb-err-context">.*?</div>.*?</div>', "", page, flags=re.S)
    page = re.sub(r'<span class="gonb-err-location">.*?</span>', "", page, flags=re.S)
    page = re.sub(r"</div>", "\n", page)
    page = html.unescape(re.sub(r"<[^>]+>", "", page))
    here = re.compile(r"Cell\[%s\]: Line (\d+)" % cell.execution_count)
    lines = (here.sub(r"line \1:", line.strip()) for line in page.splitlines())
    return "\n".join(re.sub(r" +", " ", line) for line in lines if line and not line.startswith("# "))


def said(cell, error):
    """Why the cell failed: the compiler's words, or the program's last words on stderr."""
    words = compiler(cell) if re.search(r"go (build|get|vet|test)\b", error.evalue) else ""
    if words:
        return words
    out = "".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == "stderr")
    lines = [plain(error.evalue)] + [line for line in plain(out).splitlines() if line.strip() != error.evalue.strip()]
    return "\n".join(lines[:25]).strip()


def main(source, copy, timeout):
    source, copy = pathlib.Path(source), pathlib.Path(copy)
    try:
        book = nbformat.read(source, as_version=4)
        nbformat.validate(book)
    except Exception as error:  # whatever a file that isn't a notebook brings forth
        first = str(error).strip().splitlines() or [type(error).__name__]
        tell(event="unreadable", text=first[0])
        return 1

    codes = [i for i, cell in enumerate(book.cells) if cell.cell_type == "code" and cell.source.strip()]
    tell(event="opened", cells=len(codes))
    begun = {}

    def start(cell, cell_index):
        begun[cell_index] = time.monotonic()

    def done(cell, cell_index, execute_reply):
        seconds = time.monotonic() - begun[cell_index]
        tell(event="cell", index=cell_index, seconds=seconds, source=cell.source)

    client = NotebookClient(
        book,
        timeout=timeout or None,
        kernel_name="gonb",
        resources={"metadata": {"path": str(source.parent)}},
        record_timing=True,
        on_cell_execute=start,
        on_cell_executed=done,
    )
    failed = True
    try:
        client.execute()
        failed = False
    except CellExecutionError as error:
        at = max(begun)
        tell(event="failed", index=at, source=book.cells[at].source, text=said(book.cells[at], error))
    except CellTimeoutError:
        at = max(begun)
        tell(event="failed", index=at, source=book.cells[at].source,
             text=f"not done after {timeout} seconds: give it longer with -timeout")
    except DeadKernelError:
        at = max(begun, default=0)
        tell(event="failed", index=at, source=book.cells[at].source, text="the kernel died while it ran (out of memory?)")
    except Exception as error:
        tell(event="broken", text=f"{type(error).__name__}: {plain(str(error))}")
    copy.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(book, copy)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
