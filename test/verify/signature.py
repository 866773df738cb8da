"""Whether a PDF is signed as its event record says, and what a site tells of that record: by docs/CREDENTIAL.md alone.

That a time stamp is there is asked here; what it says, openssl reads (test/cli/signing.test.ts).

Reads {"pdf": base 64, "record": text, "site": {path: text}} and answers with the signer's name and the level, or "no".
"""
import hashlib
import json
import re
import sys
from base64 import b64decode, urlsafe_b64decode

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

SEAL = bytes.fromhex("06146983cfc2fce0fec7d284c7bfed82b088ffebfe08")
STAMP = bytes.fromhex("060b2a864886f70d010910020e")
DATA = bytes.fromhex("06092a864886f70d010701")
SHA = bytes.fromhex("300b0609608648016503040201")


class No(Exception):
    pass


def need(condition):
    if not condition:
        raise No


def sha(data):
    return hashlib.sha256(data).digest()


def tlv(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    length = bytes([size]) if size < 128 else size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag]) + (length if size < 128 else bytes([128 | len(length)]) + length) + body


def first_of(data):
    size, start = data[1], 2
    if size >= 128:
        start = 2 + (size & 127)
        size = int.from_bytes(data[2:start], "big")
    need(start + size <= len(data))
    return data[: start + size], data[start : start + size]


def inside(data):
    rest, parts = first_of(data)[1], []
    while rest:
        parts.append(first_of(rest)[0])
        rest = rest[len(parts[-1]) :]
    return parts


def value_of(attributes, kind):
    found = [inside(inside(each)[1])[0] for each in inside(attributes) if inside(each)[0] == kind]
    return found[0] if found else None


def body(first, table, number):
    row = first[table:].split(b"\n", 2)[2][20 * number :]
    start = int(row[:10])
    return first[start : first.index(b"\nendobj\n", start)].split(b"\n", 1)[1]


def update(first, room, time):
    size, root, info, ident, seal, table = re.search(
        rb"/Size (\d+) /Root (\d+) 0 R /Info (\d+) 0 R /ID \[<(\w{32})> <(\w{32})>\]>>\nstartxref\n(\d+)\n%%EOF\n$", first
    ).groups()
    size, root, table = int(size), int(root), int(table)
    catalog = body(first, table, root)
    pages = body(first, table, int(re.search(rb"/Pages (\d+)", catalog)[1]))
    page = int(re.search(rb"/Kids \[(\d+)", pages)[1])
    field = f" /AcroForm <</Fields [{size} 0 R] /SigFlags 3>> /Perms <</DocMDP {size + 2} 0 R>>>>".encode()
    objects = {
        root: catalog[:-2] + field,
        page: re.sub(rb"(/Annots \[\d+ 0 R)", rf"\1 {size} 0 R".encode(), body(first, table, page)),
        size: f"<</Type /Annot /Subtype /Widget /FT /Sig /T (Signature) /V {size + 2} 0 R /F 132 /Rect [-9 -9 -9 -9] /P {page} 0 R /AP <</N {size + 1} 0 R>>>>".encode(),
        size + 1: b"<</Type /XObject /Subtype /Form /BBox [0 0 0 0] /Length 0>>\nstream\n\nendstream",
        size + 2: f"<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:{time}Z) /Reference [<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</Type /TransformParams /P 1 /V /1.2>>>>] /ByteRange [0 {0:010} {0:010} {0:010}] /Contents <{'0' * 2 * room}>>>".encode(),
    }
    file, rows = first, {}
    for number, content in objects.items():
        rows[number] = b"%010d 00000 n \n" % len(file)
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(file)
    file += b"xref\n%d 1\n%s%d 1\n%s%d 3\n%s" % (root, rows[root], page, rows[page], size, b"".join(list(rows.values())[2:]))
    file += b"trailer\n<</Size %d /Root %d 0 R /Info %s 0 R /ID [<%s> <%s>] /Prev %d>>\n" % (size + 3, root, info, ident, seal[::-1], table)
    file += b"startxref\n%d\n%%%%EOF\n" % start
    hole = file.index(b"/Contents <", len(first)) + 11
    end = hole + 2 * room
    ranges = b"0 %010d %010d %010d" % (hole - 1, end + 1, len(file) - end - 1)
    return file.replace(b"0 0000000000 0000000000 0000000000", ranges), hole, end


def attribute(kind, value):
    return tlv(0x30, kind, tlv(0x31, value))


def signed_as(pdf, named):
    first = pdf[: pdf.index(b"%%EOF\n") + 6]
    digits = re.search(rb"/Contents <([0-9a-f]+)>", pdf[len(first) :])
    need(digits and len(digits[1]) % 2 == 0)
    time = re.search(rb"/M \(D:(\d{14})Z\)", pdf[len(first) :])[1].decode()
    blank, hole, end = update(first, len(digits[1]) // 2, time)
    need(pdf[:hole] == blank[:hole] and pdf[end:] == blank[end:])
    room = bytes.fromhex(digits[1].decode())
    cms = first_of(room)[0]
    need(not any(room[len(cms) :]))

    certificates, info = inside(inside(inside(cms)[1])[0])[3:5]
    parts = inside(inside(info)[0])
    unsigned = parts[6]
    signer = next(each for each in inside(certificates) if sha(each).hex() == named["certificate"])
    certificate = x509.load_der_x509_certificate(signer)
    fields = inside(inside(signer)[0])
    serial, issuer = fields[1], fields[3]
    rsa = not isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)
    algorithm = "300d06092a864886f70d0101010500" if rsa else "300a06082a8648ce3d040302"
    attributes = sorted(
        [
            attribute(bytes.fromhex("06092a864886f70d010903"), DATA),
            attribute(bytes.fromhex("06092a864886f70d010904"), tlv(4, sha(pdf[: hole - 1] + pdf[end + 1 :]))),
            attribute(bytes.fromhex("060b2a864886f70d010910022f"), tlv(0x30, tlv(0x30, tlv(0x30, tlv(4, sha(signer)))))),
        ]
    )
    stamp, seal = value_of(unsigned, STAMP), first_of(value_of(unsigned, SEAL))[1]
    value = first_of(parts[5])[1]
    others = sorted([attribute(SEAL, tlv(4, seal))] + ([attribute(STAMP, stamp)] if stamp else []))
    one = b"\x02\x01\x01"
    again = tlv(0x30, one, tlv(0x30, issuer, serial), SHA, tlv(0xA0, *attributes), bytes.fromhex(algorithm), tlv(4, value), tlv(0xA1, *others))
    body = tlv(0x30, one, tlv(0x31, SHA), tlv(0x30, DATA), tlv(0xA0, *sorted(inside(certificates))), tlv(0x31, again))
    need(cms == tlv(0x30, bytes.fromhex("06092a864886f70d010702"), tlv(0xA0, body)))

    to_sign = tlv(0x31, *attributes)
    if rsa:
        certificate.public_key().verify(value, to_sign, padding.PKCS1v15(), SHA256())
    else:
        certificate.public_key().verify(value, to_sign, ec.ECDSA(SHA256()))
    need((stamp is not None) == (named["level"] == "B-T"))
    # the seal comes first in the last set of all, a time stamp behind it
    at = hole + 2 * (len(cms) - sum(len(each) for each in others[1:]) - 16)
    zeroed = pdf[:at] + b"0" * 32 + pdf[at + 32 :]
    need(sha(zeroed)[:16] == seal)
    return certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value


def on_site(site, event):
    path = f"e/{sha(b'lulus record' + bytes([10]) + event)[:16].hex()}.json"
    sealed = json.loads(site[path])["record"]
    return AESGCM(sha(b"lulus record key\n" + event)).decrypt(bytes(12), urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4)), None)


given = json.load(sys.stdin)
try:
    record = given["record"].encode()
    need(on_site(given["site"], sha(record)[:16]) == record)
    named = json.loads(record)["signature"]
    print(signed_as(b64decode(given["pdf"]), named), named["level"])
except (No, InvalidSignature, ValueError, StopIteration, TypeError, IndexError):
    print("no")
