import re
import threading
from collections import defaultdict

LINES = """\
2024-03-01 10:00:01 INFO  [main] started in 12ms
2024-03-01 10:00:02 ERROR [worker-1] timeout after 3.5s (retry=2)
2024-03-01 10:00:02 WARN  [worker-2] slow: 250ms
bad line
2024-03-01 10:00:09 ERROR [worker-2] connection to 10.0.0.7:8080 refused
""".splitlines()
PATTERN = re.compile(
    r"""^(?P<date>\d{4}-\d\d-\d\d)\s+(?P<time>[\d:]+)\s+   # when
        (?P<level>[A-Z]+)\s+\[(?P<who>[^\]]+)\]\s+(?P<text>.*)$""",
    re.VERBOSE,
)
found = defaultdict(list)
lock = threading.Lock()


def parse(part):
    for line in part:
        match = PATTERN.match(line)
        with lock:
            if match:
                found[match["level"]].append(match.groupdict())
            else:
                found["?"].append(line)


threads = [threading.Thread(target=parse, args=(LINES[n::2],)) for n in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for level in sorted(found):
    print(level, len(found[level]))
for entry in sorted(found["ERROR"], key=lambda entry: entry["time"]):
    print(entry["who"], re.findall(r"\d+(?:\.\d+)*", entry["text"]), re.sub(r"\d", "#", entry["text"]))
print(re.split(r"\s*[\[\]]\s*", LINES[0]), PATTERN.groupindex["who"])
