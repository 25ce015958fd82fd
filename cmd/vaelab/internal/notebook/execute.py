"""Executes one notebook with Jupyter's own client and tells its parent about each cell, as lines of JSON.

Usage: execute.py NOTEBOOK COPY CELL_TIMEOUT_SECONDS SAYINGS PAUSE_SECONDS

The sayings are what it tells a person, by short names, as JSON; see sayings.go. The pause comes after each cell but the last.

The kernel's working directory is the notebook's folder. The executed copy is written in any case, so that what
came before a failing cell can be read.
"""

import asyncio
import html
import json
import os
import pathlib
import re
import signal
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


def pages(cell):
    """The cell's outputs that are web pages."""
    return ["".join(o.data.get("text/html", "")) for o in cell.outputs if o.output_type == "display_data"]


def words(page):
    """The text of a web page, without its style."""
    page = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    page = re.sub(r"<(/div|/p|br|/tr)\b[^>]*>", "\n", page)
    lines = (line.strip() for line in html.unescape(re.sub(r"<[^>]+>", "", page)).splitlines())
    return "\n".join(re.sub(r" +", " ", line) for line in lines if line)


def compiler(cell):
    """What was said of the cell's source. GoNB shows it as HTML: each message with its place and, folded, the code around."""
    page = "".join(p for p in pages(cell) if "gonb-err-location" in p)
    page = re.sub(r'<div class="gonb-err-context">.*?</div>.*?</div>', "", page, flags=re.S)
    page = re.sub(r'<span class="gonb-err-location">.*?</span>', "", page, flags=re.S)
    return "\n".join(line for line in words(page).splitlines() if not line.startswith("# "))


def located(cell, text):
    """The text with the kernel's places beside those in its file. It writes them beside what comes in one piece, and Go
    writes a stack in several; the page that it shows afterwards has them all."""
    found = re.findall(r'gonb-cell-line-info">([^<]*)</span>\s*<span class="gonb-err-location">([^<]*?:\d+)</span>', "".join(pages(cell)))
    cells = {html.unescape(location): info for info, location in found}

    def beside(match):
        return f"[[ {cells[match[0]]} ]] {match[0]}" if match[0] in cells else match[0]

    return re.sub(r"(?<!\]\] )/\S*?/main\.go:\d+", beside, text)


def alerts(cell):
    """What the course itself showed as the reason why the program ended."""
    return "\n".join(words(p) for p in pages(cell) if 'role="alert"' in p)


def printed(cell, name):
    return plain("".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == name)).splitlines()


def last_words(cell, ended):
    """What a program said before it ended: from where Go tells why, else its last lines."""
    lines = [line for line in printed(cell, "stderr") if line.strip() != ended] or printed(cell, "stdout")
    for i, line in enumerate(lines):
        if re.match(r"panic: |fatal error: |SIG[A-Z]+: ", line):
            return lines[i:i + 25]
    return lines[-25:]


def placed(text, book, at, says):
    """The text with the kernel's counts of executed cells made places on the page, and no places in deleted files."""
    numbers = {c.execution_count: i for i, c in enumerate(book.cells) if c.cell_type == "code" and c.execution_count}

    def place(match):
        number = numbers.get(int(match.group(1)), at)
        where = (says["line"] if number == at else says["place"]).format(cell=number + 1, line=match.group(2))
        return says["at"].format(place=where, message="") if match.group(3) else where

    cell = r"Cell ?\[(\d+)\]:? Line (\d+)"
    text = re.sub(r"\[\[ (.*?) \]\] /\S*?/main\.go:\d+( \+0x[0-9a-f]+)?", r"\1", text)
    text = re.sub(r"\bgonb_[0-9a-f]{8}\b(?!/)", lambda _: says["cell"], text)
    text = re.sub(r"^" + cell + r"( )(?=\S)", place, text, flags=re.M)
    return re.sub(cell + "()", place, text)


def said(book, at, error, says):
    """Why a cell failed: the course's own words, else the compiler's, else the program's last words; and hints."""
    cell = book.cells[at]
    text = alerts(cell)
    if not text and re.search(r"go (build|get|vet|test)\b|goimports|parsing go files", error.evalue):
        text = compiler(cell)
    if not text:
        last = plain(error.evalue)
        if ended := re.fullmatch(r"exit status (\d+)", last):
            how = says["exit"].format(code=ended[1])
        elif last.startswith("signal: "):
            how = says["signal"].format(signal=last)
        else:
            how = last
        text = "\n".join([how] + last_words(cell, last))
    text = placed(located(cell, text), book, at, says).strip()
    return "\n".join([text] + [hint["says"] for hint in says["hints"] if hint["sign"] in text][:1])


def main(source, copy, timeout, says, pause):
    source, copy = pathlib.Path(source), pathlib.Path(copy)
    try:
        book = nbformat.read(source, as_version=4)
        nbformat.validate(book)
    except Exception as error:  # whatever a file that isn't a notebook brings forth
        first = str(error).strip().splitlines() or [type(error).__name__]
        tell(event="unreadable", text=first[0])
        return 1

    language = book.metadata.get("kernelspec", {}).get("language") or book.metadata.get("language_info", {}).get("name") or "go"
    if language.lower() != "go":
        tell(event="unreadable", text=says["language"].format(language=language))
        return 1
    for cell in book.cells:
        cell.source = cell.source.replace("\r\n", "\n").replace("\r", "\n")
    codes = [i for i, cell in enumerate(book.cells) if cell.cell_type == "code" and cell.source.strip()]
    tell(event="opened", cells=len(codes))
    begun = {}

    kernel = {}

    def start(cell, cell_index):
        begun[cell_index] = time.monotonic()
        kernel["process"] = client.km.provisioner.process

    async def done(cell, cell_index, execute_reply):
        seconds = time.monotonic() - begun[cell_index]
        tell(event="cell", index=cell_index, seconds=seconds, source=cell.source)
        if pause and cell_index != codes[-1] and execute_reply["content"]["status"] == "ok":
            await asyncio.sleep(pause)

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
        tell(event="failed", index=at, source=book.cells[at].source, text=said(book, at, error, says))
    except CellTimeoutError:
        at = max(begun)
        tell(event="failed", index=at, source=book.cells[at].source,
             text=says["late"].format(seconds=timeout))
    except DeadKernelError:
        at = max(begun, default=0)
        tell(event="failed", index=at, source=book.cells[at].source, text=says["dead"])
    except Exception as error:
        tell(event="broken", text=f"{type(error).__name__}: {plain(str(error))}")
    if kernel.get("process"):  # what its cells have left running in its group ends with it
        try:
            os.killpg(kernel["process"].pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
    copy.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(book, copy)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4]), float(sys.argv[5])))
