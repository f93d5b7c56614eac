"""Where no portal may be led, however it is written: the IANA special-purpose registries, names, odd spellings."""

from network_name_server import Name

# The one public address there is, and the names of the servers there.
PUBLIC = "93.184.216.34"
WORLD = "world.test"
HONEST = f"good.{WORLD}"
NOBODY = "nobody.inside.test"

# The first and the last of a block where it is wide (RFC 6890 and what was added to its registries).
SPECIAL_V4 = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.254", "100.64.0.1", "100.127.255.254", "127.0.0.1"),
    *("127.255.255.254", "169.254.169.254", "169.254.0.1", "172.16.0.1", "172.31.255.254", "192.0.0.1", "192.0.0.170"),
    *("192.0.2.1", "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.0.1", "192.168.255.254", "192.175.48.1"),
    *("198.18.0.1", "198.19.255.254", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1"),
    *("255.255.255.254", "255.255.255.255"),
]
# Those with an IPv4 address inside hold 127.0.0.1 or 10.0.0.1.
SPECIAL_V6 = [
    *("::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:7f00:1"),
    *("64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "100:0:0:1::1", "2001::1", "2001:2::1"),
    *("2001:10::1", "2001:20::1", "2001:1ff::1", "2001:db8::1", "2002:7f00:1::1", "2002:a00:1::1", "2620:4f:8000::1"),
    *("3fff::1", "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "ff0e::1"),
]
# What a person might type, or a provider name, to mean this machine or the metadata service of a cloud.
SPELLINGS = [
    *("2130706433", "0x7f000001", "017700000001", "0177.0.0.1", "0x7f.0.0.1", "0x7f.1", "127.1", "127.0.1", "0"),
    *("127.000.000.001", "127.0.0.1.", "127.0.0.1..", "localhost", "LOCALHOST", "localhost.", "app.localhost"),
    *("ip6-localhost", "intranet", "\u2460\u2461\u2466.0.0.1", "\uff11\uff12\uff17.\uff10.\uff10.\uff11"),
    *("127\u30020\u30020\u30021", "127\uff0e0\uff0e0\uff0e1", "%31%32%37.0.0.1", "127.0.0.1%00", "127.0.0.1%2f"),
    *("127.0.0.1%00.world.test", "127.0.0.1#.world.test", "127.0.0.1?.world.test", "127.0.0.1/.world.test"),
    *(f"{HONEST}@127.0.0.1", f"user:password@{HONEST}@127.0.0.1", f"127.0.0.1\\@{HONEST}", f"{HONEST}\\@127.0.0.1"),
    *(f"127.0.0.1#@{HONEST}", f"{HONEST}#@127.0.0.1", f"{HONEST}%40127.0.0.1", f"{HONEST}:443@127.0.0.1", "@10.0.0.1"),
    *("[::1]", "[0:0:0:0:0:0:0:1]", "[0000::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]"),
    *("[::1%25lo]", "[fe80::1%25lo]", "[fe80::1%lo]", "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]"),
    *("2852039166", "0xa9fea9fe", "025177524776", "0251.0376.0251.0376", "169.254.43518", "0xa9.254.0251.254"),
    *("127.0.0.1:443", "127.0.0.1:80", "10.0.0.1:8080", "10.0.0.1:00443", "10.0.0.1:", ":443", "169.254.169.254:80"),
    # Nothing but 443 may be asked for at a public address either.
    *(f"{HONEST}:8443", f"{HONEST}:22", f"{HONEST}:80"),
    *("\t127.0.0.1", "127.0.0.1\r\nHost: a", "127.0.0.1 ", "127.0.0.1\u200b", "127.0.0.1\u3000"),
]
# Plain http goes nowhere here, and other schemes nowhere at all.
SCHEMES = [
    *("http://localhost:8080", "http://127.0.0.1", "http://[::1]:8080", "http://10.0.0.1", f"http://{HONEST}"),
    *("HTTP://127.0.0.1", "ftp://10.0.0.1", "gopher://127.0.0.1:6379", "dict://127.0.0.1:6379", "file:///etc"),
    *("//[::1]", "ws://127.0.0.1", "ldap://127.0.0.1", "telnet://127.0.0.1:22", "sftp://127.0.0.1", "unix:/run"),
]


def label(address: str) -> str:
    """The name that stands for an address of the tables, and for nothing else."""
    return f"a-{address.replace(':', '-').replace('.', '-').strip('-') or 'any'}.inside.test"


def bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


NAMES = {
    HONEST: Name(v4=((PUBLIC,),)),
    # Public when it is looked at, inside when it is called, and the other way round.
    f"rebind.{WORLD}": Name(v4=((PUBLIC,), ("10.0.0.1",))),
    f"rebind-loopback.{WORLD}": Name(v4=(("127.0.0.1",), (PUBLIC,))),
    f"rebind-late.{WORLD}": Name(v4=((PUBLIC,), (PUBLIC,), (PUBLIC,), ("169.254.169.254",))),
    # Both at once.
    f"both.{WORLD}": Name(v4=((PUBLIC, "10.0.0.1"),)),
    f"both-inside-first.{WORLD}": Name(v4=(("10.0.0.1", "127.0.0.1", PUBLIC),)),
    f"six-inside.{WORLD}": Name(v4=((PUBLIC,),), v6=(("::1", "fd00::1"),)),
    f"six-mapped.{WORLD}": Name(v4=((PUBLIC,),), v6=(("::ffff:127.0.0.1",),)),
    f"alias.{WORLD}": Name(alias="a-10-0-0-1.inside.test"),
    f"alias-of-alias.{WORLD}": Name(alias=f"alias.{WORLD}"),
} | {
    label(address): Name(v6=((address,),)) if ":" in address else Name(v4=((address,),))
    for address in [*SPECIAL_V4, *SPECIAL_V6]
}
# Those that may lead to the public server, since one of their addresses is public.
MIXED = {name for name in NAMES if name.endswith(WORLD) and not name.startswith("alias")} - {HONEST}
