import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAddress, parseMailbox } from "../../src/send/address.js";

describe("an address", () => {
  test.each([
    ["siti@example.go.id", "siti@example.go.id"],
    ["  Siti.Aminah+webinar@Example.GO.id ", "Siti.Aminah+webinar@example.go.id"],
    ["o'brien@example.ie", "o'brien@example.ie"],
    ["a@bücher.example", "a@xn--bcher-kva.example"],
  ])("%j is taken as %j", (text, address) => {
    expect(parseAddress(text)).toBe(address);
  });

  test.each([
    ["", "it is empty"],
    ["siti", "it is no address"],
    ["@example.id", "it is no address"],
    ["a@x.example, b@y.example", "it is more than one address"],
    ["a@x.example;b@y.example", "it is more than one address"],
    ["a@x.example b@y.example", "it is more than one address"],
    ["Siti <siti@x.example>", "it is no plain address"],
    ["a@x.example\r\nBcc: b@y.example", "it has a control character"],
    ["a\u0000@x.example", "it has a control character"],
    ["a\u202e@x.example", "it has a control character"],
    ["sіti@x.example", "it has letters before the @ that mail servers do not take"],
    ["a@localhost", '"localhost" is no domain'],
    ["a@127.0.0.1", '"127.0.0.1" is no domain'],
    ["a@[127.0.0.1]", '"[127.0.0.1]" is no domain'],
    ["a@x..example", '"x..example" is no domain'],
    ["a..b@x.example", "it is no plain address"],
    ['"a b"@x.example', "it is no plain address"],
    ["-oQ/tmp/x@-x.example", '"-x.example" is no domain'],
    [`${"a".repeat(65)}@x.example`, "it is no plain address"],
    [
      `a@${"x".repeat(60)}.${"y".repeat(60)}.${"z".repeat(60)}.${"w".repeat(60)}.${"v".repeat(20)}.example`,
      "it is too long",
    ],
  ])("%j is refused: %s", (text, flaw) => {
    expect(parseAddress(text)).toEqual({ flaw });
  });

  test("whatever is typed, what is taken has one @ and no character that means something to a mail server", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.emailAddress()), (text) => {
        const address = parseAddress(text);
        if (typeof address === "string")
          expect(address).toMatch(/^[!#-'*+/-9=?A-Z^-~-]+(?:\.[!#-'*+/-9=?A-Z^-~-]+)*@[a-z0-9.-]+$/);
      }),
    );
  });
});

describe("who writes", () => {
  const place = { file: "event.yaml", line: 9, column: 3 };

  test.each([
    ["kirim@bpa.example", { name: "", address: "kirim@bpa.example" }],
    ["BPSDM Jawa Timur <kirim@bpa.example>", { name: "BPSDM Jawa Timur", address: "kirim@bpa.example" }],
    ['"Panitia, Seri 41" <kirim@bpa.example>', { name: "Panitia, Seri 41", address: "kirim@bpa.example" }],
  ])("is read from %j", (text, mailbox) => {
    expect(parseMailbox(text, place)).toEqual(mailbox);
  });

  test.each([
    "BPSDM",
    "A <a@x.example>, B <b@x.example>",
    "A\nBcc: <b@x.example>",
    "A <a@x.example> B",
    "<>",
  ])("is not %j", (text) => {
    expect(() => parseMailbox(text, place)).toThrow(
      expect.objectContaining({ code: "address-refused", place }),
    );
  });
});
