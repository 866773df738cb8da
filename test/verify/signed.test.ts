import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pin } from "../../src/cli/trust.js";
import { endOfFirstRevision } from "../../src/credential/revision.js";
import { type FoundUpdate, findUpdate, hexDigits } from "../../src/credential/signature/update.js";
import { type DocumentTrust, verifyDocument } from "../../src/verify/document.js";
import { lulus, newFolder } from "../cli/lulus.js";
import { Authority, openssl, pkcs12, signedBy, signedEvent, unlocked } from "../cli/signing.js";
import { needs } from "../tools.js";
import { createRandom } from "../world/random.js";

/** By hand, with LULUS_ATTACKS=full: one bit of every byte of the update is turned. */
const isFull = process.env.LULUS_ATTACKS === "full";

/** A stranger has the issuer's key and facts, and no register, which would settle every file by its hash. */
let trust: DocumentTrust;
/** two certificates of an event with time stamps, as others see them */
let own: Buffer = Buffer.alloc(0);
let others: Buffer = Buffer.alloc(0);
let end = 0;
let authority: Authority;

const random = createRandom(51);

async function issued(tsa: string): Promise<{ folder: string; files: Buffer[] }> {
  const folder = signedEvent(pkcs12("ec"), { tsa });
  expect(await lulus(["issue", folder], { env: unlocked })).toMatchObject({ status: 0 });
  const names = readdirSync(join(folder, "certificates")).filter((name) => name.endsWith(".pdf"));
  return { folder, files: names.sort().map((name) => readFileSync(join(folder, "certificates", name))) };
}

const isReady = needs("openssl");

beforeAll(async () => {
  if (!isReady) return;
  authority = await Authority.open();
  const { folder, files } = await issued(authority.url);
  [own = own, others = others] = files;
  end = endOfFirstRevision(own) ?? 0;
  trust = { ...(await pin({ event: folder }, new Date())).trust, issued: undefined };
});
afterAll(() => authority?.close());

const verdict = async (file: Uint8Array) => await verifyDocument(file, trust);
const isTaken = async (file: Uint8Array) => (await verdict(file)).code === "genuine";
const updateOf = (file: Buffer): FoundUpdate => {
  const found = findUpdate(file, endOfFirstRevision(file) ?? 0);
  if (found === null) throw new Error("no update");
  return found;
};

/** The file with other bytes in the room for its signature. */
function withSignature(file: Buffer, signature: Uint8Array): Buffer {
  const changed = Buffer.from(file);
  changed.set(hexDigits(signature), updateOf(file).hole[0]);
  return changed;
}

describe.runIf(isReady)("a signed PDF", () => {
  test("is genuine as it stands, by its signer and at its time", async () => {
    const { code, signature } = await verdict(own);
    expect([code, signature?.signer, signature?.stamp === null]).toEqual([
      "genuine",
      "Dra. Sri Wahyuni, M.Si.",
      false,
    ]);
  });

  test("is never taken with one bit changed, wherever it is", {
    timeout: isFull ? 900_000 : 60_000,
  }, async () => {
    const places = isFull
      ? Array.from({ length: own.length - end }, (_, at) => 8 * (end + at) + random.integer(0, 7))
      : Array.from({ length: 110 }, (_, at) =>
          random.integer(at % 4 === 0 ? 0 : 8 * end, 8 * own.length - 1),
        );
    const taken: number[] = [];
    for (const bit of places) {
      const edited = Buffer.from(own);
      edited[bit >> 3] = (edited[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (await isTaken(edited)) taken.push(bit);
    }
    expect(taken).toEqual([]);
  });

  test("is never taken with bytes cut off, put in, left out or put behind", async () => {
    const edits = Array.from({ length: 60 }, (_, round) => {
      const at = random.integer(end - 40, own.length - 1);
      return [
        own.subarray(0, at),
        Buffer.concat([own.subarray(0, at), Buffer.from("0"), own.subarray(at)]),
        Buffer.concat([own.subarray(0, at), own.subarray(at + 1 + (round % 3))]),
        Buffer.concat([own, randomBytes(1 + (round % 20))]),
      ][round % 4] as Buffer;
    });
    for (const edited of edits) expect(await isTaken(edited)).toBe(false);
  });

  test("whose signature was cut off is told as such: the issuer's key vouches that there was one", async () => {
    const { code, differences } = await verdict(own.subarray(0, end));
    expect([code, differences]).toEqual([
      "altered",
      ["the signature was cut off that the file was issued with"],
    ]);
  });

  test("is never taken with the signature of another certificate, or in the update of another", async () => {
    const [mine, theirs] = [updateOf(own), updateOf(others)];
    expect(await isTaken(withSignature(own, theirs.signature))).toBe(false);
    const endOfOther = endOfFirstRevision(others) ?? 0;
    expect(await isTaken(Buffer.concat([own.subarray(0, end), others.subarray(endOfOther)]))).toBe(false);
    expect(await isTaken(withSignature(own, mine.signature))).toBe(true);
  });

  test("is never taken with a second update, be it one of the same signature", async () => {
    expect(await isTaken(Buffer.concat([own, own.subarray(end)]))).toBe(false);
    const more = Buffer.from(
      "1 0 obj\n<</Type /Annot>>\nendobj\nxref\n0 0\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n",
    );
    expect(await isTaken(Buffer.concat([own, more]))).toBe(false);
  });

  test("is never taken when somebody else signs it, however well", async () => {
    const { code, differences } = await verdict(signedBy(own.subarray(0, end), "rsa"));
    expect([code, differences.join()]).toEqual([
      "altered",
      expect.stringContaining("not by whom the issuer names"),
    ]);
  });

  test("is never taken without its time stamp, although its signer signed it", async () => {
    const { code, differences } = await verdict(signedBy(own.subarray(0, end), "ec"));
    expect([code, differences.join()]).toEqual([
      "altered",
      expect.stringContaining("its time stamp is missing"),
    ]);
  });

  test("is never taken with the time stamp of something else", async () => {
    const stamped = await verdict(signedBy(own.subarray(0, end), "ec", stampOf(others)));
    expect([stamped.code, stamped.differences.join()]).toEqual([
      "altered",
      expect.stringContaining("the time stamp is of something else"),
    ]);
  });
});

function stampOf(file: Buffer): Uint8Array {
  const folder = newFolder();
  const path = join(folder, "cms.der");
  writeFileSync(path, updateOf(file).signature);
  const listed = openssl("asn1parse", "-inform", "DER", "-in", path).split("\n");
  const at = listed.findIndex((line) => line.includes("id-smime-aa-timeStampToken"));
  const [, offset, header, length] =
    /^\s*(\d+):d=\d+\s+hl=(\d+)\s+l=\s*(\d+)/.exec(listed[at + 2] ?? "")?.map(Number) ?? [];
  return updateOf(file).signature.subarray(offset, (offset ?? 0) + (header ?? 0) + (length ?? 0));
}

test.runIf(isReady)(
  "a certificate that was issued unsigned is not taken once somebody has signed it",
  async () => {
    const folder = signedEvent(Buffer.from("not needed"));
    const path = join(folder, "event.yaml");
    writeFileSync(path, readFileSync(path, "utf8").replace(/^signing:.*$/m, ""));
    await lulus(["issue", folder]);
    const [name = ""] = readdirSync(join(folder, "certificates")).filter((each) => each.endsWith(".pdf"));
    const file = readFileSync(join(folder, "certificates", name));
    const pinned = { ...(await pin({ event: folder }, new Date())).trust, issued: undefined };
    expect((await verifyDocument(file, pinned)).code).toBe("genuine");
    const { code, differences } = await verifyDocument(signedBy(file, "ec"), pinned);
    expect([code, differences.join()]).toEqual([
      "altered",
      expect.stringMatching(/^\d+ bytes were added behind the end/),
    ]);
  },
);
