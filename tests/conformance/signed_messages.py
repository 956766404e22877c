import base64
import hashlib
import hmac
import json
import queue
import threading

KEY = b"a key of the two"
channel = queue.Queue()


def sign(payload):
    body = base64.urlsafe_b64encode(json.dumps(payload, sort_keys=True).encode()).rstrip(b"=")
    mark = hmac.new(KEY, body, hashlib.sha256).hexdigest()[:16]
    return body + b"." + mark.encode()


def read(message):
    body, mark = message.rsplit(b".", 1) if hasattr(message, "rsplit") else message.split(b".")
    wanted = hmac.new(KEY, body, hashlib.sha256).hexdigest()[:16].encode()
    if not hmac.compare_digest(mark, wanted):
        raise ValueError("wrong signature")
    return json.loads(base64.urlsafe_b64decode(body + b"=" * (-len(body) % 4)))


def send():
    for number in range(3):
        channel.put(sign({"number": number, "text": "naïve"}))
    channel.put(b"e30.0000000000000000")
    channel.put(None)


thread = threading.Thread(target=send)
thread.start()
while (message := channel.get()) is not None:
    try:
        print(len(message), read(message))
    except ValueError as error:
        print(error)
thread.join()
