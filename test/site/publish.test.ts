import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hexOf } from "../../src/credential/hex.js";
import { hashRecord } from "../../src/credential/record.js";
import { Register } from "../../src/register/register.js";
import { hasChromium, type Visit, visit } from "../browser.js";
import { smallEvent } from "../cli/event.js";
import { contentOf, lulus, newFolder, writeFiles } from "../cli/lulus.js";
import { needs } from "../tools.js";

/** The small event with both certificates issued and its site published; and another issuer with an event of the same id. */
let folder = "";
let stranger = "";
let home = "";
let server: Server;

beforeAll(async () => {
  folder = await issued();
  stranger = await issued();
  expect((await lulus(["publish", folder])).status).toBe(0);
  server = serve(() => folder);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  home = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/deep/v/`;
});
afterAll(() => server.close());

const signatory = { name: "Dr. Ratna Wirasasmita, M.AP.", title: "Kepala Badan", nip: "196804171993032004" };

async function issued(): Promise<string> {
  const made = writeFiles(newFolder(), Object.entries(smallEvent));
  const [path, fields] = [join(made, "event.yaml"), JSON.stringify({ signatory })];
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace(/^certificate:\n/m, `$&  fields: ${fields}\n`));
  await lulus(["key", "create", made, "--no-passphrase"]);
  expect((await lulus(["issue", made])).status).toBe(0);
  return made;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** A static host as they are: a folder below a path, `index.html` for a folder, 404 for what is not there. */
function serve(root: () => string): Server {
  return createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://x").pathname.replace(/^\/deep\/v\//, "");
    const file = join(root(), "site", path === "" ? "index.html" : path);
    if (!file.startsWith(join(root(), "site")) || !existsSync(file) || statSync(file).isDirectory()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
}

const pdfs = (of = folder) =>
  readdirSync(join(of, "certificates"))
    .filter((name) => name.endsWith(".pdf"))
    .map((name) => join(of, "certificates", name))
    .sort();

/** The text of the QR code, read from the picture of the certificate by a program of others. */
function scanned(pdf: string): string {
  const picture = join(newFolder(), "page");
  execFileSync("pdftoppm", ["-r", "200", "-png", "-singlefile", pdf, picture]);
  return execFileSync("zbarimg", ["-q", "--raw", `${picture}.png`], { encoding: "utf8" }).trim();
}

async function opened(text: string, viewport?: { width: number; height: number }): Promise<Visit> {
  const found = await visit(viewport);
  await found.page.goto(`${home}#${text.split("#")[1]}`);
  await found.page.waitForSelector(".verdict");
  return found;
}

const codeOn = ({ page }: Visit) => page.getAttribute(".verdict", "data-code");

/** The site with something changed, put right again afterwards. */
async function withSite(change: (site: string) => void, look: () => Promise<void>): Promise<void> {
  const [site, kept] = [join(folder, "site"), join(newFolder(), "kept")];
  cpSync(site, kept, { recursive: true });
  try {
    change(site);
    await look();
  } finally {
    rmSync(site, { recursive: true });
    cpSync(kept, site, { recursive: true });
  }
}

describe("the published folder", () => {
  const people = ["Siti", "Aminah", "Budi", "siti@x.example", "budi@x.example", "0001/coba-1"];
  const office = ["Ratna", "Wirasasmita", "19680417", "1968041"];

  test("holds nobody's name, address or number, not even of who signed, nor does the single file", async () => {
    const single = join(newFolder(), "check.html");
    await lulus(["publish", folder, "--single-file", single]);
    const all = [...contentOf(join(folder, "site")).values(), readFileSync(single, "latin1")].join("\n");
    for (const private_ of [...people, ...office]) expect(all).not.toContain(private_);
  });

  test("tells who signed to whoever has the certificate", async () => {
    const [pdf = ""] = pdfs();
    const facts = await (await opened(scanned(pdf))).page.textContent(".facts");
    expect(facts).toContain(signatory.name);
    expect(facts).toContain(signatory.nip);
  });

  test("loses what an earlier version told in the clear of its event", async () => {
    const [record] = Register.read(join(folder, "lulus.db"))?.records() ?? [];
    const hash = hexOf(await hashRecord(JSON.parse(record ?? "")));
    const told = join(folder, "site/e", `${hash}.json`);
    writeFileSync(told, record ?? "");
    await lulus(["publish", folder]);
    expect(existsSync(told)).toBe(false);
  });

  test("is the same, byte for byte, when it is published again on the same day", async () => {
    const before = contentOf(join(folder, "site"));
    const again = await lulus(["publish", folder, "--json"]);
    expect(JSON.parse(again.stdout)).toMatchObject({ schema: "lulus.publish/1", written: 0 });
    expect(contentOf(join(folder, "site"))).toEqual(before);
  });

  test("is not made where it would show the key, nor from a register that lost its end", async () => {
    const unsafe = await lulus(["publish", folder, "--out", folder]);
    expect([unsafe.status, unsafe.stderr.includes("lies in the folder to be published")]).toEqual([2, true]);
    const other = await lulus(["publish", stranger, "--out", join(folder, "site")]);
    expect([other.status, other.stderr.includes("does not continue")]).toEqual([2, true]);
  });

  test("serves `verify --site` as a source of status and keys", async () => {
    const [pdf = ""] = pdfs();
    const genuine = await lulus(["verify", pdf, "--site", join(folder, "site")], { cwd: newFolder() });
    expect([genuine.status, genuine.stdout.includes("still holds")]).toEqual([0, true]);
    const remote = await lulus(["verify", pdf, "--site", home], { cwd: newFolder() });
    expect(remote.status).toBe(0);
    const away = await lulus([
      "verify",
      pdf,
      "--site",
      "http://127.0.0.1:9/",
      "--keys",
      join(folder, "keys/issuer.pem"),
    ]);
    expect([away.status, away.stdout.includes("status-unknown")]).toEqual([2, true]);
  });
});

const canScan = needs("pdftoppm") && needs("zbarimg");

describe.runIf(hasChromium && canScan)("the page", () => {
  test("shows every fact of the certificate that its QR code leads to, and asks only its own folder", async () => {
    const [pdf = ""] = pdfs();
    const found = await opened(scanned(pdf));
    expect(await codeOn(found)).toBe("genuine");
    const facts = (await found.page.textContent(".facts")) ?? "";
    for (const fact of [
      "Budi Santoso",
      "0001/coba-1/2024",
      "Participant",
      "Menulis Notula",
      "Badan Pelatihan Aparatur",
    ])
      expect(facts).toContain(fact);
    expect(found.page.url()).toBe(home);
    expect(found.said).toEqual([]);
    expect(
      found.requested.filter((address) => !address.startsWith(home) && !address.startsWith("data:")),
    ).toEqual([]);
    expect(found.requested.filter((address) => /\d{100}/.test(new URL(address).pathname))).toEqual([]);
  });

  test("fits a small telephone, speaks both languages, and names what is not genuine", async () => {
    const [pdf = ""] = pdfs();
    const text = scanned(pdf);
    const found = await opened(text, { width: 360, height: 740 });
    const { page } = found;
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    expect(await page.textContent(".verdict h2")).toBe("Genuine and current");
    await page.click("#language");
    expect(await page.textContent(".verdict h2")).toBe("Asli dan berlaku");
    const digit = text.at(-40) === "1" ? "2" : "1";
    const altered = await opened(`${text.slice(0, -40)}${digit}${text.slice(-39)}`);
    expect(await codeOn(altered)).toBe("altered");
    expect(await altered.page.locator(".facts").count()).toBe(0);
    const forged = await opened(scanned(pdfs(stranger)[0] ?? ""));
    expect(await codeOn(forged)).toBe("unknown-issuer");
    expect(await codeOn(await opened(`x#${"7".repeat(120)}`))).toBe("altered");
  });

  test("reads a PDF and a picture that are dropped on it, and a text that is pasted", async () => {
    const [pdf = ""] = pdfs();
    const { page, said } = await visit();
    await page.goto(home);
    await page.setInputFiles("#file", pdf);
    await page.waitForSelector(".verdict");
    expect(await page.getAttribute(".verdict", "data-code")).toBe("genuine");
    expect(await page.textContent(".answer")).toContain("This PDF is whole");
    await page.click(".again button");
    const appended = join(newFolder(), "edited.pdf");
    writeFileSync(appended, Buffer.concat([readFileSync(pdf), Buffer.from("\n% edited\n%%EOF\n")]));
    await page.setInputFiles("#file", appended);
    await page.waitForSelector(".verdict");
    expect(await page.getAttribute(".verdict", "data-code")).toBe("altered");
    await page.click(".again button");
    const picture = join(newFolder(), "photo");
    execFileSync("pdftoppm", ["-r", "150", "-jpeg", "-singlefile", pdf, picture]);
    await page.setInputFiles("#file", `${picture}.jpg`);
    await page.waitForSelector(".verdict");
    expect(await page.getAttribute(".verdict", "data-code")).toBe("genuine");
    await page.click(".again button");
    await page.fill("#paste", scanned(pdf).replace(/.{50}/g, "$&\n"));
    await page.click("form button");
    await page.waitForSelector(".verdict");
    expect(await page.getAttribute(".verdict", "data-code")).toBe("genuine");
    expect(said).toEqual([]);
  });

  test("says so where the list of withdrawn certificates is missing, too old, or somebody else's", async () => {
    const text = scanned(pdfs()[0] ?? "");
    const list = (site: string) => join(site, "status/0.json");
    await withSite(
      (site) => rmSync(list(site)),
      async () => expect(await codeOn(await opened(text))).toBe("status-unknown"),
    );
    await withSite(
      () => void 0,
      async () => {
        await lulus(["publish", folder, "--date", "2020-01-01"]);
        expect(await codeOn(await opened(text))).toBe("status-unknown");
      },
    );
    await withSite(
      (site) => {
        const old = readFileSync(list(site), "utf8");
        writeFileSync(list(site), old.replace(/"validUntil": "\d{4}/, '"validUntil": "2999'));
      },
      async () => expect(await codeOn(await opened(text))).toBe("status-unknown"),
    );
    await lulus(["publish", stranger]);
    await withSite(
      (site) => cpSync(join(stranger, "site/status/0.json"), list(site)),
      async () => expect(await codeOn(await opened(text))).toBe("status-unknown"),
    );
  });

  test("works as a single file from disk, pictures included", async () => {
    const file = join(newFolder(), "check.html");
    expect((await lulus(["publish", folder, "--single-file", file])).status).toBe(0);
    const { page, said, requested } = await visit();
    await page.goto(`file://${file}#${scanned(pdfs()[0] ?? "").split("#")[1]}`);
    await page.waitForSelector(".verdict");
    expect(await page.getAttribute(".verdict", "data-code")).toBe("genuine");
    await page.click(".again button");
    const picture = join(newFolder(), "photo");
    execFileSync("pdftoppm", ["-r", "150", "-png", "-singlefile", pdfs()[1] ?? "", picture]);
    await page.setInputFiles("#file", `${picture}.png`);
    await page.waitForSelector(".verdict");
    expect(await page.getAttribute(".verdict", "data-code")).toBe("genuine");
    expect(said).toEqual([]);
    expect(requested.filter((address) => !/^(file|data|blob):/.test(address))).toEqual([]);
  });

  test("tells what was withdrawn and by which number it was replaced, and nobody else can find that out", async () => {
    const [first = "", second = ""] = pdfs();
    const [text, other] = [scanned(first), scanned(second)];
    await lulus(["revoke", "0001/coba-1/2024", "--event", folder, "--reason", "conditions"]);
    await lulus(["reissue", "0002/coba-1/2024", "--name", "Siti Aminah, S.Kep.", "--event", folder]);
    expect(await codeOn(await opened(text))).toBe("genuine");
    expect((await lulus(["publish", folder])).status).toBe(0);
    const revoked = await opened(text);
    expect(await codeOn(revoked)).toBe("revoked");
    expect(await revoked.page.textContent(".verdict")).toMatch(/On \d.*the conditions had not been met\./);
    const replaced = await opened(other);
    expect(await codeOn(replaced)).toBe("replaced");
    expect(await replaced.page.textContent(".verdict")).toContain("0003/coba-1/2024");
    expect(readdirSync(join(folder, "site/w"))).toHaveLength(2);
    const offline = await lulus(["verify", second, "--site", join(folder, "site"), "--json"], {
      cwd: newFolder(),
    });
    expect(JSON.parse(offline.stdout).results[0]).toMatchObject({ code: "replaced", status: "replaced" });
  });
});
