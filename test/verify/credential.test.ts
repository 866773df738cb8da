import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatLink } from "../../src/credential/link.js";
import { hashRecord } from "../../src/credential/record.js";
import { signToken } from "../../src/credential/sign.js";
import { verifyText } from "../../src/verify/credential.js";
import { exitStatus, type Status } from "../../src/verify/verdict.js";
import { issuerKey, otherKey, record, verifyUrl } from "../credential/sample.js";
import { claims, token, trust } from "./trust.js";

const link = formatLink(verifyUrl, token);
const withStatus = (status: Status) => ({ ...trust, status: () => status });

describe("a certificate's text", () => {
  it("is genuine, with all that is signed", async () => {
    const verdict = await verifyText(link, trust);
    expect(verdict).toMatchObject({
      code: "genuine",
      proven: true,
      claims,
      record,
      award: "Peserta",
      kid: issuerKey.kid,
      url: verifyUrl,
      status: { state: "current" },
      differences: [],
      notes: [],
      checkedAt: "2026-01-02T03:04:05.000Z",
    });
    expect(exitStatus(verdict.code)).toBe(0);
  });

  it("is genuine as the number alone", async () => {
    expect(await verifyText(token, trust)).toMatchObject({ code: "genuine", url: null });
  });

  it("is genuine without a source of status, and says that it was not checked", async () => {
    const verdict = await verifyText(link, { ...trust, status: null });
    expect(verdict).toMatchObject({ code: "genuine", status: { state: "not-checked" } });
    expect(verdict.reason).toContain("status not checked");
  });

  it("is genuine without the event record, and says what is not proven", async () => {
    const verdict = await verifyText(link, { ...trust, records: [{ ...record, title: "Lain" }] });
    expect(verdict).toMatchObject({ code: "genuine", record: null, award: null });
    expect(verdict.notes.join()).toContain("facts of the event");
  });

  it.each([
    [
      "revoked",
      { state: "revoked", on: "2025-01-01", reason: "issued twice" },
      1,
      "2025-01-01, issued twice",
    ],
    ["replaced", { state: "replaced", by: "0428/X" }, 1, "number 0428/X"],
    ["status-unknown", { state: "unknown", because: "the list is of 2020" }, 2, "the list is of 2020"],
  ] as const)("is %s when the issuer's list says so", async (code, status, exit, reason) => {
    const verdict = await verifyText(link, withStatus(status));
    expect(verdict).toMatchObject({ code, status, proven: true });
    expect(verdict.reason).toContain(reason);
    expect(exitStatus(verdict.code)).toBe(exit);
  });

  it("expires at its second and not before", async () => {
    const expiresAt = Date.UTC(2025, 0, 1) / 1000;
    const limited = signToken({ ...claims, expiresAt }, issuerKey);
    const at = (time: string) => verifyText(limited, { ...trust, now: new Date(time) });
    expect(await at("2024-12-31T23:59:59Z")).toMatchObject({ code: "genuine" });
    expect(await at("2025-01-01T00:00:00Z")).toMatchObject({ code: "expired" });
    const revoked = { ...withStatus({ state: "revoked" }), now: new Date("2025-06-01") };
    expect(await verifyText(limited, revoked)).toMatchObject({ code: "revoked" });
  });

  it("is of an unknown issuer under a key that is not trusted", async () => {
    const verdict = await verifyText(formatLink(verifyUrl, signToken(claims, otherKey)), trust);
    expect(verdict).toMatchObject({ code: "unknown-issuer", proven: false });
    expect(exitStatus(verdict.code)).toBe(2);
  });

  it("is altered when another key signed under the name of one that is trusted", async () => {
    const forged = { ...trust, keys: [{ ...otherKey.public, kid: issuerKey.kid }] };
    expect(await verifyText(link, forged)).toMatchObject({ code: "altered", proven: false });
  });

  it("is genuine when two trusted keys share a name and one of them signed", async () => {
    const keys = [{ ...otherKey.public, kid: issuerKey.kid }, issuerKey.public];
    expect(await verifyText(link, { ...trust, keys })).toMatchObject({ code: "genuine" });
  });

  it("counts only when it is dated within the time of its key", async () => {
    const under = (window: object) =>
      verifyText(link, { ...trust, keys: [{ ...issuerKey.public, ...window }] });
    const { issuedAt } = claims;
    expect(await under({ notBefore: issuedAt, notAfter: issuedAt + 1 })).toMatchObject({ code: "genuine" });
    expect(await under({ notBefore: issuedAt + 1 })).toMatchObject({ code: "unknown-issuer", proven: false });
    expect(await under({ notAfter: issuedAt })).toMatchObject({ code: "unknown-issuer", proven: false });
  });

  it("proves nothing under a stolen key, whatever date it bears", async () => {
    const keys = [{ ...issuerKey.public, compromisedAt: claims.issuedAt + 999_999 }];
    expect(await verifyText(link, { ...trust, keys })).toMatchObject({
      code: "unknown-issuer",
      proven: false,
    });
  });

  it("is altered on a page that is not the issuer's, though its number is genuine", async () => {
    const verdict = await verifyText(formatLink("https://sertifikat.example.com/v", token), trust);
    expect(verdict).toMatchObject({ code: "altered", proven: true });
    expect(verdict.differences.join()).toContain("https://sertifikat.example.com/v");
  });

  it("is altered with any digit changed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.integer({ min: 1, max: 9 }), async (at, by) => {
        const digit = (Number(token[at]) + by) % 10;
        const verdict = await verifyText(
          formatLink(verifyUrl, token.slice(0, at) + digit + token.slice(at + 1)),
          trust,
        );
        expect(["altered", "unknown-issuer"]).toContain(verdict.code);
        expect(verdict.proven).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it("is altered with a letter among its digits, and cut short", async () => {
    expect(await verifyText(`${link}x`, trust)).toMatchObject({ code: "altered", claims: null });
    expect(await verifyText(link.slice(0, -9), trust)).toMatchObject({ code: "altered", claims: null });
  });

  it.each(["", "halo", verifyUrl, `${verifyUrl}#123`, "🙂"])("is not %j", async (text) => {
    const verdict = await verifyText(text, trust);
    expect(verdict).toMatchObject({ code: "unreadable", claims: null });
    expect(exitStatus(verdict.code)).toBe(2);
  });

  it("never says more than its record: an award that the record does not have has no label", async () => {
    const odd = signToken({ ...claims, award: 9, event: await hashRecord(record) }, issuerKey);
    expect(await verifyText(odd, trust)).toMatchObject({ code: "genuine", award: null });
  });
});
