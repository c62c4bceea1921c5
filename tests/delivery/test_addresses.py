"""Nothing that leaves the house reaches an address inside of it."""

import socket
import threading
from ipaddress import ip_address

import pytest

from portal.delivery.addresses import Address, resolve
from portal.delivery.errors import ForbiddenAddress, NeverSent, Unreachable
from portal.delivery.hosts import Target, parse_url

PRIVATE = """
10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.8.8.8 172.16.0.1 172.31.255.255 192.168.1.1
::1 fc00::1 fd12:3456::1
::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:7f00:1 ::ffff:100.64.0.1
64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::7f00:1
""".split()

NEVER = """
0.0.0.0 0.1.2.3 169.254.169.254 168.63.129.16 100.100.100.200 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1
198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::ffff:0.0.0.0 ::ffff:169.254.169.254 ::127.0.0.1 ::8.8.8.8 ::ffff:0:127.0.0.1
64:ff9b::169.254.169.254 64:ff9b:1::1 64:ff9b:1::10.0.0.1 64:ff9b:2::1
2001::1 2001:0:4136:e378:8000:63bf:80ff:fffe 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a00:1::1
2002:808:808::1 3fff::1 100::1 4000::1 5f00::1 fd00:ec2::254 fd20:ce::254 fe80::1 febf::1 fec0::1 ff02::1 ff0e::1
""".split()

PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 172.15.255.255 172.32.0.0
192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255
2606:4700:4700::1111 2a00:1450:4001::1 2001:4860:4860::8888 2001:200::1 64:ff9b::8.8.8.8 ::ffff:8.8.8.8
""".split()

ODD_HOSTS = [
    "2130706433",
    "0x7f000001",
    "0X7F000001",
    "0x",
    "017700000001",
    "127.1",
    "127.0.1",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "127.0.0.0x1",
    "127.0.0.01",
    "127.0.0.1.1",
    "134744072",
    "8.8.2056",
    "256.1.1.1",
    "1.2.3.4..",
    "127.0.0.1..",
    "example..com",
    ".example.com",
    "",
    ".",
    "-example.com",
    "example-.com",
    "exa mple.com",
    "example.com%00.evil.com",
    "example.com/evil",
    "example.com\n",
    "[::1]",
    "::1%lo",
    "fe80::1%eth0",
    "::1::",
    "1.2.3.4:80",
    "a" * 64 + ".com",
    "a." * 127 + "com",
    "１２７.１",
    "①②⑦.1",
    "0x7f。1",
    "a／b.com",
    "\ud800.com",
    "xn--\u2028.com",
]

ODD_URLS = [
    "",
    "example.com",
    "//example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://example.com:70/_x",
    "javascript:alert(1)",
    "data:text/plain,x",
    "http://",
    "http:///path",
    "http:example.com",
    "http://user@example.com/",
    "http://user:secret@example.com/",
    "http://example.com@127.0.0.1/",
    "http://@example.com/",
    "http://example.com\\@127.0.0.1/",
    "http://127.0.0.1\\.example.com/",
    "http://exa\tmple.com/",
    " http://example.com/",
    "http://example.com/\r\nX-Evil: 1",
    "http://example.com/a b",
    "http://example.com:0/",
    "http://example.com:65536/",
    "http://example.com:-1/",
    "http://example.com:8o/",
    "http://example.com:80:90/",
    "http://[::1/",
    "http://[::1]evil.com/",
    "http://[fe80::1%25eth0]/",
    "http://[v1.x]/",
    "http://exa[mp]le.com/",
    "http://::1/",
    "http://2130706433/",
    "http://127.1/",
    "http://example.com/\ud800",
]


def answers(*addresses: str):
    """A resolver that gives these addresses, whatever it is asked."""

    def getaddrinfo(host, port, *_, **__):
        return [(socket.AF_INET6 if ":" in ip else socket.AF_INET, 1, 6, "", (ip, port)) for ip in addresses]

    return getaddrinfo


@pytest.mark.parametrize("address", PRIVATE + NEVER)
def test_an_inner_address_is_refused_with_a_sentence(address):
    with pytest.raises(ForbiddenAddress, match=r" is (an?|not a) .*address.*; the portal does not connect to it\."):
        resolve(address, 80)


@pytest.mark.parametrize("address", PRIVATE + NEVER)
def test_a_name_that_leads_to_an_inner_address_is_refused(address, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", answers(address))
    with pytest.raises(ForbiddenAddress):
        resolve("harmless.example", 80)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_intranet_may_be_opened(address):
    assert resolve(address, 80, allow_private=True).port == 80


@pytest.mark.parametrize("address", NEVER)
def test_metadata_and_the_like_stay_closed_on_an_intranet_too(address):
    with pytest.raises(ForbiddenAddress):
        resolve(address, 80, allow_private=True)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_connected_to_as_it_is(address, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", answers(address))
    found = resolve("Example.COM.", 8443)
    assert (found.host, found.port) == ("example.com", 8443)
    assert ip_address(found.ip) == ip_address(address)


@pytest.mark.parametrize("mixed", [("8.8.8.8", "127.0.0.1"), ("127.0.0.1", "8.8.8.8"), ("2606:4700::1", "::1")])
def test_one_inner_answer_among_public_ones_refuses_the_host(mixed, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", answers(*mixed))
    with pytest.raises(ForbiddenAddress):
        resolve("mixed.example", 443)


def test_the_first_of_several_public_answers_is_the_one(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", answers("8.8.8.8", "1.1.1.1"))
    assert resolve("many.example", 443) == Address("many.example", "8.8.8.8", 443)


@pytest.mark.parametrize("host", ODD_HOSTS)
@pytest.mark.parametrize("allow_private", [False, True])
def test_a_host_in_an_odd_notation_is_refused_before_anyone_is_asked(host, allow_private, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("the resolver was asked"))
    with pytest.raises(ForbiddenAddress):
        resolve(host, 80, allow_private=allow_private)


@pytest.mark.parametrize("host", ["１２７.０.０.１", "127。0。0。1", "127.0.0.1.", "①②⑦.0.0.1", "0:0:0:0:0:0:0:1"])
def test_another_spelling_of_loopback_is_loopback(host):
    with pytest.raises(ForbiddenAddress, match="loopback"):
        resolve(host, 80)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://example.com", Target("http", "example.com", 80, "/")),
        ("https://example.com", Target("https", "example.com", 443, "/")),
        ("HTTPS://EXAMPLE.com.:8443/a?b=c#d", Target("https", "example.com", 8443, "/a?b=c")),
        ("http://example.com:/x", Target("http", "example.com", 80, "/x")),
        ("http://example.com?q", Target("http", "example.com", 80, "/?q")),
        ("https://my_shop.example/%41?a=%20|é", Target("https", "my_shop.example", 443, "/%41?a=%20|%C3%A9")),
        ("https://faß.example/", Target("https", "xn--fa-hia.example", 443, "/")),
        ("https://[2606:4700::1]:444/", Target("https", "2606:4700::1", 444, "/")),
    ],
)
def test_a_url_is_read_into_one_spelling(url, target):
    assert parse_url(url) == target


@pytest.mark.parametrize("url", ODD_URLS)
def test_a_url_that_hides_its_host_is_refused(url):
    with pytest.raises(ForbiddenAddress):
        parse_url(url)


def test_an_unknown_name_may_be_tried_again(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Unreachable, match="gone.example could not be found"):
        resolve("gone.example", 80)


def test_a_resolver_that_says_nothing_is_not_waited_for(monkeypatch, request):
    release = threading.Event()
    request.addfinalizer(release.set)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: release.wait() and [])
    with pytest.raises(NeverSent):
        resolve("slow.example", 80, timeout=0.05)
