# /// script
# [tool.raddle]
# title = "First come, first served"
# summary = "`as_completed` hands out futures in the order in which they finish. Watch main wait for whichever is done next, not for the one it asked for first."
# topics = ["ThreadPoolExecutor", "submit", "as_completed"]
# expect = "safe"
# group = "Pools and futures"
#
# [tool.raddle.tr]
# title = "Önce biten önce gelir"
# summary = "`as_completed` future'ları bitiş sırasıyla verir. main'in ilk istediği sonucu değil, hangisi önce biterse onu beklemesini izleyin."
# ///
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

TIMES = {"slow.org": 1.2, "quick.com": 0.3, "middling.net": 0.7}


def fetch(site):
    time.sleep(TIMES[site])  # where a program would wait for the network
    return f"{len(site)} bytes"


with ThreadPoolExecutor(max_workers=3) as pool:
    sites = {pool.submit(fetch, site): site for site in TIMES}
    for future in as_completed(sites):
        print(f"{sites[future]}: {future.result()}")
