# Addresses, by `urllib.parse`
from urllib.parse import (
    parse_qs, parse_qsl, quote, quote_plus, unquote, unquote_plus, urldefrag, urlencode, urljoin, urlparse, urlsplit, urlunparse,
    urlunsplit,
)

for text in (
    "http://user:pw@Example.org:8080/a/b;p?q=1&r=2#top", "https://x.org", "//host/path", "mailto:a@b.c", "/just/a/path?x",
    "", "a:b", "http://[::1]:80/", "file:///etc/hosts", "HTTP://UP.ORG/Q?", "x.html#f",
):
    parts = urlparse(text)
    print(parts)
    print(tuple(urlsplit(text)), parts.hostname, parts.port, parts.username, parts.password, parts.geturl())
base = "http://x.org/a/b/c?q#f"
for link in ("d", "/d", "../d", "../../../d", "?z", "#g", "//y.org/e", "https://z.org", "", "./", "d/../e", "d/.", "mailto:q", ".."):
    print(link, urljoin(base, link))
print(urljoin("http://x.org", "a"), urljoin("", "a"), urljoin("a/b", "c"))
print(quote("a b/ä&c"), quote_plus("a b/ä&c"), quote("/x y", safe=""), unquote("a%20b%C3%A4%zz"), unquote_plus("a+b%2B"))
print(urlencode({"a": 1, "b c": "d&e", "l": [1, 2]}), urlencode([("k", (1, 2)), ("m", "n")], doseq=True))
print(parse_qs("a=1&a=2&b=&c=x+y%21"), parse_qsl("a=1&b=&c", keep_blank_values=True))
print(urlunparse(("http", "h", "p", "q", "r", "s")), urlunsplit(("https", "h", "/p", "", "")), urldefrag("http://h/p#x"))
for wrong in ("http://h:port/", "http://h:99999/", "http://[::1/"):
    try:
        print(urlsplit(wrong).port)
    except ValueError as error:
        print(error)
parts = urlsplit("http://h/p?q")
print(parts._replace(query="z").geturl(), parts[1], parts.netloc)
