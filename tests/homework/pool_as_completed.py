# Downloads in a pool, handled as they are completed; the sleeps decide which comes first.
# expect: safe
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

SITES = {"slow.example": 0.9, "quick.example": 0.1, "middle.example": 0.5, "broken.example": 0.3}


def fetch(site, seconds):
    time.sleep(seconds)
    if site.startswith("broken"):
        raise ConnectionError(f"{site} does not answer")
    return f"<html>{site}</html>"


order = []
with ThreadPoolExecutor(max_workers=4) as executor:
    future_to_site = {executor.submit(fetch, site, seconds): site for site, seconds in SITES.items()}
    for future in as_completed(future_to_site):
        site = future_to_site[future]
        try:
            page = future.result()
        except ConnectionError as exc:
            print(f"{site} failed: {exc}")
        else:
            print(f"{site}: {len(page)} bytes")
        order.append(site.split(".")[0])
print(order)
