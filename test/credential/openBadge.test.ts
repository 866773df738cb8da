import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { hexOf } from "../../src/credential/hex.js";
import { canonicalQuads, dateTime } from "../../src/credential/integrity.js";
import {
  formatOpenBadge,
  type OpenBadge,
  openBadgeOf,
  openBadgeQuads,
} from "../../src/credential/openBadge.js";
import { prove } from "../../src/credential/prove.js";
import { hashRecord } from "../../src/credential/record.js";
import {
  formatStatusList,
  isListed,
  parseStatusList,
  statusListQuads,
} from "../../src/credential/statusList.js";
import type { Withdrawal } from "../../src/model/withdrawal.js";
import { didDocument } from "../../src/site/did.js";
import { siteFiles } from "../../src/site/files.js";
import { canonized, isTaken } from "./foreign.js";
import { issuerKey, otherKey, record, verifyUrl } from "./sample.js";

const facts = {
  cti: "00010203040506070809",
  name: "dr. Bambang Sutrisno Wibowo, Sp.PD., M.Kes.",
  number: "0427/contoh-2024-41/X/2024",
  date: "2024-10-25",
  award: "participant",
  statusIndex: 83_042,
};
const recordHash = hexOf(await hashRecord(record));
const did = JSON.parse(didDocument(record.issuer, [issuerKey.public]));
const method = did.verificationMethod[0];
const documents = {
  [record.issuer]: did,
  [method.id]: { "@context": "https://w3id.org/security/multikey/v1", ...method },
};

async function signed(badge: OpenBadge, key = issuerKey) {
  const proof = prove(openBadgeQuads(badge), badge.issuer, badge.validFrom, key);
  return JSON.parse(formatOpenBadge(badge, proof));
}

const withdrawn = (statusIndex: number): [string, Withdrawal & { statusIndex: number }] => [
  statusIndex.toString(16).padStart(20, "0"),
  { state: "revoked", on: "2024-11-01", reason: "mistake", note: "", by: null, statusIndex },
];

async function publishedOn(date: string, ...indexes: number[]) {
  const publication = {
    url: verifyUrl,
    keys: [issuerKey.public],
    records: [record],
    withdrawals: new Map(indexes.map(withdrawn)),
    highestIndex: 131_071,
    log: { size: 0, head: "0".repeat(64) },
    date,
  };
  return await siteFiles(publication, issuerKey);
}

async function published(...indexes: number[]) {
  return (await publishedOn("2024-11-02", ...indexes)).get("status/0.json") ?? "";
}

describe("an Open Badge", () => {
  test("makes the statements that a JSON-LD processor finds in it, whatever the names in it are", async () => {
    const text = fc
      .string({ unit: "binary", minLength: 1, maxLength: 30 })
      .filter((one) => !/\p{Cs}/u.test(one));
    await fc.assert(
      fc.asyncProperty(text, text, text, async (name, number, criteria) => {
        const badge = openBadgeOf({ ...facts, name, number }, record, recordHash, criteria);
        const { proof: _, ...credential } = await signed(badge);
        expect(canonicalQuads(openBadgeQuads(badge))).toBe(await canonized(credential));
      }),
      { numRuns: 60 },
    );
  });

  test("is taken by a library that we did not write, and not with a word or the signer changed", async () => {
    const badge = openBadgeOf(facts, record, recordHash, "Hadir sekurang-kurangnya 75 %");
    const credential = await signed(badge);
    expect(await isTaken(credential, documents)).toBe(true);
    const altered = structuredClone(credential);
    altered.credentialSubject.identifier[0].identityHash = "dr. Bambang Lain";
    expect(await isTaken(altered, documents)).toBe(false);
    const forged = await signed(badge, otherKey);
    forged.proof[0].verificationMethod = method.id;
    expect(await isTaken(forged, documents)).toBe(false);
  });
});

/** Installed on its own, since it brings many packages: `npm ci --ignore-scripts --prefix test/interop`. */
const verifier = fileURLToPath(
  new URL("../interop/node_modules/@digitalcredentials/verifier-core/dist/index.js", import.meta.url),
);
const hasVerifier = existsSync(verifier);
if (!hasVerifier) console.warn("test/interop is not installed: the test that needs it is skipped");

describe.runIf(hasVerifier)("a wallet's verifier that we did not write", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  /** Its answers on signature and status, with the site under its address and nothing else to be reached. */
  async function answers(credential: unknown, site: ReadonlyMap<string, string>) {
    const fetched = async (input: RequestInfo | URL) => {
      const url = input instanceof Request ? input.url : String(input);
      const text = url.startsWith(`${verifyUrl}/`) ? site.get(url.slice(verifyUrl.length + 1)) : undefined;
      return new Response(text ?? "", {
        status: text === undefined ? 404 : 200,
        headers: { "content-type": "application/json" },
      });
    };
    vi.stubGlobal("fetch", fetched);
    // it tells at length that it could not fetch the schema, which it does not need for these answers
    for (const level of ["log", "error"] as const) vi.spyOn(console, level).mockImplementation(() => {});
    const { verifyCredential } = await import(pathToFileURL(verifier).href);
    const result = await verifyCredential({ credential, knownDIDRegistries: [] });
    const step = (id: string) => result.log?.find((entry: { id: string }) => entry.id === id)?.valid;
    return { signature: step("valid_signature"), status: step("revocation_status") };
  }

  test("takes the badge, and learns from our status list that one was withdrawn", async () => {
    const today = new Date().toISOString().slice(0, 10);
    const credential = await signed(openBadgeOf(facts, record, recordHash, "Hadir"));
    const sound = await answers(structuredClone(credential), await publishedOn(today, 5));
    expect(sound).toEqual({ signature: true, status: true });
    const gone = await answers(structuredClone(credential), await publishedOn(today, 5, 83_042));
    expect(gone).toEqual({ signature: true, status: false });
  });
});

describe("the status list", () => {
  test("makes the statements that a JSON-LD processor finds in it, and is taken by a library of others", async () => {
    const json = JSON.parse(await published(5, 83_042));
    const { proof: _, ...credential } = json;
    const list = await parseStatusList(JSON.stringify(json), [issuerKey.public], { file: "status/0.json" });
    expect(canonicalQuads(statusListQuads(list))).toBe(await canonized(credential));
    expect(await isTaken(json, documents)).toBe(true);
  });

  test("names those that were withdrawn and nobody else", async () => {
    const place = { file: "status/0.json" };
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(131_071), { maxLength: 20 }),
        fc.nat(131_071),
        async (indexes, other) => {
          const list = await parseStatusList(await published(...indexes), [issuerKey.public], place);
          for (const index of indexes) expect(await isListed(list, index)).toBe(true);
          expect(await isListed(list, other)).toBe(indexes.includes(other));
        },
      ),
      { numRuns: 15 },
    );
  });

  test("is refused with another key, another word, or a word more", async () => {
    const place = { file: "status/0.json" };
    const text = await published(5);
    const refused = async (json: string, keys = [issuerKey.public]) =>
      await parseStatusList(json, keys, place).then(
        () => "taken",
        (error: { code: string }) => error.code,
      );
    expect(await refused(text)).toBe("taken");
    expect(await refused(text, [otherKey.public])).toBe("status-list-forged");
    expect(await refused(text, [{ ...issuerKey.public, compromisedAt: 0 }])).toBe("status-list-forged");
    expect(await refused(text.replace("2024-11-02", "2024-11-03"))).toBe("status-list-forged");
    const json = JSON.parse(text);
    expect(await refused(JSON.stringify({ ...json, note: "x" }))).toBe("status-list-malformed");
    json.credentialSubject.statusPurpose = "suspension";
    expect(await refused(JSON.stringify(json))).toBe("status-list-malformed");
    expect(await refused("[]")).toBe("status-list-malformed");
  });

  test("does not unpack to more than it may hold", async () => {
    const bomb = Buffer.from(
      await new Response(
        new Blob([new Uint8Array(5_000_000)]).stream().pipeThrough(new CompressionStream("gzip")),
      ).arrayBuffer(),
    ).toString("base64url");
    const list = {
      id: `${verifyUrl}/status/0.json`,
      issuer: record.issuer,
      validFrom: "2024-11-02T00:00:00Z",
      validUntil: "2025-11-02T00:00:00Z",
      encodedList: `u${bomb}`,
    };
    const proof = prove(statusListQuads(list), list.issuer, list.validFrom, issuerKey);
    const parsed = await parseStatusList(formatStatusList(list, proof), [issuerKey.public], { file: "x" });
    await expect(isListed(parsed, 0)).rejects.toThrow(/unpacked/);
    expect(dateTime(list.validFrom)).toContain("XMLSchema#dateTime");
  });
});
