#!/usr/bin/env python3
"""Checks every Python file in a folder with Dask, on one machine or many: `pip install "dask[distributed]"`.

    with_dask.py [--scheduler ADDRESS] [--raddle PROGRAM] FOLDER [OPTIONS OF raddle check]

Without `--scheduler` it starts two worker processes of its own. Writes `results.jsonl` into the current folder, one
JSON object a line for each file, as the answers come. The same command again checks only what has no answer there yet.
The exit status is 0 if there is an answer for each file. Workers get the programs' text, so they need no folder in
common; what is said of a refused program calls it `<stdin>`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from dask.distributed import Client, LocalCluster, as_completed

RESULTS = Path("results.jsonl")
# Exit statuses of `raddle check` that are answers.
JUDGED = (0, 1, 4)
REFUSED = 3


def check(raddle: str, options: list[str], text: bytes) -> dict:
    """What raddle says of a program: a pure function, which runs on a worker. If it raises, there is no answer."""
    done = subprocess.run([raddle, "check", "--json", *options, "-"], input=text, capture_output=True)
    said = done.stderr.decode(errors="replace")
    if done.returncode == REFUSED:
        return {"message": said, "verdict": "refused"}
    if done.returncode not in JUDGED:
        raise RuntimeError(f"raddle ended with status {done.returncode}: {said}")
    answer = json.loads(done.stdout)
    if any(bound.startswith("the search was interrupted") for bound in answer["bounds"]):
        raise RuntimeError("somebody ended the search")
    return answer


def key_of(version: str, options: list[str], text: bytes) -> str:
    """Equal for equal questions."""
    return "check-" + hashlib.sha256(json.dumps([version, options]).encode() + b"\n" + text).hexdigest()


def answered(keys: dict[str, str]) -> dict[str, dict]:
    """The answers that are there already, by file. Drops from the results what is half written or no longer asked."""
    known = {}
    for line in RESULTS.read_text().splitlines() if RESULTS.exists() else ():
        try:
            answer = json.loads(line)
        except ValueError:
            continue  # the last start ended while it wrote this line
        if keys.get(answer["file"]) == answer.get("key"):
            known[answer["file"]] = answer
    fresh = RESULTS.with_suffix(".new")
    fresh.write_text("".join(json.dumps(answer) + "\n" for answer in known.values()))
    os.replace(fresh, RESULTS)
    return known


def grade(client: Client, raddle: str, options: list[str], texts: dict[str, bytes], keys: dict[str, str]) -> Counter:
    """Has every file without an answer checked; gives how often there is each verdict."""
    known = answered(keys)
    files: dict[str, list[str]] = {}
    for file in texts:
        if file not in known:
            files.setdefault(keys[file], []).append(file)
    # Nothing here holds on to a future: an answer that is written is not worked out again when its worker dies.
    futures = as_completed(
        client.submit(check, raddle, options, texts[same[0]], key=key, retries=2) for key, same in files.items()
    )
    verdicts = Counter(answer["verdict"] for answer in known.values())
    with RESULTS.open("a") as results:
        for future in futures:
            same = files[future.key]
            try:
                answer = future.result()  # waits once more if the worker has died with it
            except Exception as error:
                print(f"no answer: {', '.join(same)}: {error}", file=sys.stderr)
                verdicts["no answer"] += len(same)
                continue
            results.writelines(json.dumps({**answer, "file": file, "key": future.key}) + "\n" for file in same)
            results.flush()
            verdicts[answer["verdict"]] += len(same)
    return verdicts


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks every Python file in a folder with Dask.")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="a Dask scheduler (else two workers here)")
    parser.add_argument("--raddle", metavar="PROGRAM", default="raddle", help="the same path on every worker")
    parser.add_argument("folder", type=Path)
    parser.add_argument("options", nargs=argparse.REMAINDER, help="options of raddle check")
    asked = parser.parse_args()
    paths = [path for path in sorted(asked.folder.rglob("*.py")) if path.is_file()]
    if not paths:
        parser.error(f"there is no Python file in {asked.folder}")
    if not shutil.which(asked.raddle):
        parser.error(f"there is no program {asked.raddle}; name it with --raddle")

    version = subprocess.run([asked.raddle, "--version"], capture_output=True, text=True, check=True).stdout
    tried = [asked.raddle, "check", *asked.options, "--json", "-"]
    if subprocess.run(tried, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode != 0:
        return 2  # the options are wrong; raddle has said how
    texts = {str(path): path.read_bytes() for path in paths}
    keys = {file: key_of(version, asked.options, text) for file, text in texts.items()}

    cluster = asked.scheduler or LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0")
    with Client(cluster) as client:
        verdicts = grade(client, asked.raddle, asked.options, texts, keys)
    if not asked.scheduler:
        cluster.close()
    for verdict, count in sorted(verdicts.items()):
        print(f"{verdict:<12} {count:7}")
    return 1 if verdicts["no answer"] else 0


if __name__ == "__main__":
    sys.exit(main())
