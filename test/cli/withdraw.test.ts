import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { smallEvent } from "./event.js";
import { contentOf, lulus, newFolder, writeFiles } from "./lulus.js";

/** The small event with both certificates issued; each test works on it in turn. */
let folder = "";
beforeAll(async () => {
  folder = writeFiles(newFolder(), Object.entries(smallEvent));
  await lulus(["key", "create", folder, "--no-passphrase"]);
  expect((await lulus(["issue", folder])).status).toBe(0);
});

const at = (number: string) => {
  const stem = number.replaceAll("/", "-");
  const file = readdirSync(join(folder, "certificates")).find((name) => name.startsWith(stem));
  return join(folder, "certificates", file ?? "missing.pdf");
};
const listed = () => readFileSync(join(folder, "certificates/certificates.csv"), "utf8");
const verified = async (number: string) => {
  const { status, stdout } = await lulus(["verify", at(number), "--event", folder, "--json"]);
  const [result] = JSON.parse(stdout).results;
  return { status, verdict: result.code as string, reason: result.reason as string };
};

describe("a certificate that was issued by mistake", () => {
  test("is not withdrawn without a reason, nor under a number that does not exist", async () => {
    const unnamed = await lulus(["revoke", "0001/coba-1/2024", "--event", folder]);
    expect([unnamed.status, unnamed.stderr.includes("expected one of mistake, identity")]).toEqual([2, true]);
    const slip = await lulus([
      ...["revoke", "0001/coba-1/2024", "0009/coba-1/2024", "--event", folder, "--reason", "mistake"],
    ]);
    expect(slip.status).toBe(2);
    expect(slip.stderr).toContain('no certificate "0009/coba-1/2024"');
    expect(slip.stderr).toContain("did you mean");
    expect((await verified("0001/coba-1/2024")).verdict).toBe("genuine");
  });

  test("is revoked from then on, leaves the list for mailing, and keeps its file", async () => {
    const before = contentOf(join(folder, "certificates"));
    const revoked = await lulus([
      "revoke",
      "0001/coba-1/2024",
      "--event",
      folder,
      "--reason",
      "mistake",
      "--json",
    ]);
    expect(revoked.status).toBe(0);
    expect(JSON.parse(revoked.stdout)).toMatchObject({
      schema: "lulus.revoke/1",
      reason: "mistake",
      revoked: [{ number: "0001/coba-1/2024" }],
      already: [],
    });
    expect(await verified("0001/coba-1/2024")).toMatchObject({ status: 1, verdict: "revoked" });
    expect((await verified("0001/coba-1/2024")).reason).toContain("issued by mistake");
    const again = await lulus(["issue", folder]);
    expect(again.stdout).toContain("0 issued");
    expect(listed()).not.toContain("0001/coba-1/2024");
    const after = contentOf(join(folder, "certificates"));
    for (const [file, bytes] of before) if (file.endsWith(".pdf")) expect(after.get(file)).toBe(bytes);
  });

  test("is not revoked twice", async () => {
    const { status, stdout } = await lulus([
      "revoke",
      "0001/coba-1/2024",
      "--event",
      folder,
      "--reason",
      "fraud",
    ]);
    expect([status, stdout.startsWith("was withdrawn before")]).toEqual([0, true]);
    expect((await verified("0001/coba-1/2024")).reason).toContain("issued by mistake");
  });
});

describe("a certificate with a wrong name", () => {
  test("is replaced by one with a number of its own; the old one says by which", async () => {
    const made = await lulus([
      ...["reissue", "0002/coba-1/2024", "--name", "Siti Aminah Baru, S.Kep.", "--event", folder, "--json"],
    ]);
    expect([made.stderr, made.status]).toEqual(["", 0]);
    expect(JSON.parse(made.stdout)).toMatchObject({
      replaced: "0002/coba-1/2024",
      number: "0003/coba-1/2024",
      name: "Siti Aminah Baru, S.Kep.",
    });
    expect(await verified("0003/coba-1/2024")).toMatchObject({ status: 0, verdict: "genuine" });
    const old = await verified("0002/coba-1/2024");
    expect([old.status, old.verdict, old.reason.includes("0003/coba-1/2024")]).toEqual([1, "replaced", true]);
    expect(listed()).toContain("Siti Aminah Baru");
    expect(listed()).not.toContain("0002/coba-1/2024");
  });

  test("is not replaced twice: the hint names the one that holds", async () => {
    const { status, stderr } = await lulus([
      "reissue",
      "0002/coba-1/2024",
      "--name",
      "X Y",
      "--event",
      folder,
    ]);
    expect([status, stderr.includes("lulus reissue 0003/coba-1/2024")]).toEqual([2, true]);
  });

  test("a name that no font can print changes nothing", async () => {
    const { status, stderr } = await lulus([
      "reissue",
      "0003/coba-1/2024",
      "--name",
      "Siti 😀",
      "--event",
      folder,
    ]);
    expect([status, stderr.includes("cannot be printed")]).toEqual([2, true]);
    expect(await verified("0003/coba-1/2024")).toMatchObject({ verdict: "genuine" });
  });
});

test("a list of numbers withdraws a bad batch, or nothing if one of them is wrong", async () => {
  const list = join(folder, "wrong.csv");
  writeFileSync(list, "\uFEFFname;number\r\nSiti;0003/coba-1/2024\r\nX;0404/coba-1/2024\r\n");
  expect((await lulus(["revoke", "--from", list, "--reason", "conditions", "--event", folder])).status).toBe(
    2,
  );
  expect(await verified("0003/coba-1/2024")).toMatchObject({ verdict: "genuine" });
  writeFileSync(list, "\uFEFFname;number\r\nSiti;0003/coba-1/2024\r\n");
  expect((await lulus(["revoke", "--from", list, "--reason", "conditions", "--event", folder])).status).toBe(
    0,
  );
  expect(await verified("0003/coba-1/2024")).toMatchObject({ verdict: "revoked" });
});
