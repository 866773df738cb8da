"""A second reader of certificates, built from docs/CREDENTIAL.md with Debian's cbor2 and cryptography alone.

Reads a test vector (JSON) from standard input and prints its verdict. Texts only, no PDFs.
"""
import hashlib
import json
import re
import sys
import unicodedata
from base64 import urlsafe_b64decode
from datetime import datetime

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SPKI = bytes.fromhex("302a300506032b6570032100")
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
SMALL = {0, 1, P - 1, ORDER_8, P - ORDER_8}


class Altered(Exception):
    pass


def need(holds):
    if not holds:
        raise Altered


def text_is_fine(text, most=500):
    need(isinstance(text, str) and 0 < len(text) <= most and text == text.strip())
    need(unicodedata.normalize("NFC", text) == text)
    need(not any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in text))


def parse(digits):
    need(re.fullmatch("[1-9][0-9]{0,2499}", digits))
    number = int(digits)
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    try:
        message = cbor2.loads(raw)
        header, unprotected, payload, signature = message.value
        head, claims = cbor2.loads(header), cbor2.loads(payload)
        again = [cbor2.dumps(value, canonical=True) for value in (message, head, claims)]
    except Exception:
        raise Altered
    need(message.tag == 18 and unprotected == {} and len(signature) == 64)
    need(again == [raw, header, payload])
    need(set(head) == {1, 4} and head[1] in (-8, -19) and len(head[4]) == 8)
    need({6, 7, -65537} <= set(claims) <= {4, 6, 7, -65537})
    facts = claims[-65537]
    need({1, 2, 3, 4, 5} <= set(facts) <= {1, 2, 3, 4, 5, 10})
    need(claims[6] >= 0 and claims[6] % 86400 == 0 and claims.get(4, claims[6] + 1) > claims[6])
    need(len(claims[7]) == 10 and len(facts[3]) == 16 and facts[4] >= 0 and facts[5] >= 0)
    for text in (facts[1], facts[2], *facts.get(10, {"-": "-"}).keys(), *facts.get(10, {"-": "-"}).values()):
        text_is_fine(text)
    return head[4].hex(), claims, header, payload, signature


def signed_by(key, header, payload, signature):
    for point in (key, signature[:32]):
        height = int.from_bytes(point, "little") & (2**255 - 1)
        need(height < P and height not in SMALL)
    need(int.from_bytes(signature[32:], "little") < ORDER)
    structure = cbor2.dumps(["Signature1", header, b"", payload])
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, structure)
    except InvalidSignature:
        raise Altered


def record_hash(record):
    # Python's JSON is canonical for records of texts, lists and whole numbers whose names are ASCII
    canonical = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).digest()[:16]


def verdict(vector):
    match = re.fullmatch(r"(?:(https?://[^#]+)#)?([0-9]{100}.*)", re.sub(r"\s+", "", vector["text"]))
    if match is None:
        return "unreadable"
    url, digits = match.groups()
    try:
        kid, claims, header, payload, signature = parse(digits)
        keys = [(urlsafe_b64decode(key["x"] + "="), key) for key in vector["keys"]["keys"]]
        known = [(x, key) for x, key in keys if hashlib.sha256(SPKI + x).hexdigest()[:16] == kid]
        if not known:
            return "unknown-issuer"
        signed_by(known[0][0], header, payload, signature)
        window = known[0][1]
        if "compromisedAt" in window or not window.get("nbf", 0) <= claims[6] < window.get("exp", 2**53):
            return "unknown-issuer"
        for record in vector["records"]:
            if record_hash(record) == claims[-65537][3]:
                need(url is None or url == record["verify"])
    except Altered:
        return "altered"
    state = (vector["status"] or {"state": "not-checked"})["state"]
    if state in ("revoked", "replaced"):
        return state
    if 4 in claims and claims[4] <= datetime.fromisoformat(vector["now"].replace("Z", "+00:00")).timestamp():
        return "expired"
    return "status-unknown" if state == "unknown" else "genuine"


print(verdict(json.load(sys.stdin)))
