import fc from "fast-check";
import { simpleParser } from "mailparser";
import { describe, expect, test } from "vitest";
import { compose, type Letter, messageIdOf, type Recipient } from "../../src/send/letter.js";
import { type Facts, fillHtml, fillText, parseTemplate } from "../../src/send/template.js";
import { mailWords } from "../../src/send/words.js";

const letter: Letter = {
  from: { name: "Badan Pelatihan", address: "kirim@bpa.example" },
  replyTo: null,
  subject: { text: mailWords.id.subject },
  ...{ text: null, html: null, delivery: "attach", language: "id", unsubscribe: null },
};

function of(facts: Readonly<Record<string, string>>): Recipient {
  const known: Facts = (name) => facts[name] ?? null;
  return {
    to: { name: facts["recipient.name"] ?? "", address: "siti@x.example" },
    facts: known,
    messageId: messageIdOf("00112233445566778899", "bpa.example"),
    date: new Date("2024-10-25T01:00:00Z"),
    pdf: { name: "0001.pdf", bytes: Buffer.from("%PDF-1.7\r\n.\r\n") },
    isTest: false,
  };
}

describe("a mail", () => {
  const tagsOf = (html: string | false | undefined) => String(html).match(/<[^>]*>/g);
  const awkward = [
    "\r\nBcc: x@y.example\r\n\r\n",
    "<script>alert(1)</script>",
    '"><img src=x>',
    "{{award.label}}",
    "\u202e",
    "x@y.example,",
  ];

  test("says whatever name a stranger has typed, to one recipient, in the headers that we wrote and no others", async () => {
    const name = fc
      .array(fc.oneof(fc.constantFrom(...awkward), fc.string(), fc.string({ unit: "binary" })), {
        minLength: 1,
        maxLength: 4,
      })
      .map((parts) => parts.join(" "));
    const plain = { "recipient.name": "Siti", "event.title": "Notula", "award.label": "PESERTA" };
    const plainTags = tagsOf((await simpleParser(await compose(letter, of(plain)))).html);
    await fc.assert(
      fc.asyncProperty(name, name, async (who, title) => {
        const raw = await compose(
          letter,
          of({ "recipient.name": who, "event.title": title, "award.label": "PESERTA" }),
        );
        const mail = await simpleParser(raw);
        expect([...mail.headers.keys()].sort()).toEqual([
          ...[
            "auto-submitted",
            "content-type",
            "date",
            "from",
            "message-id",
            "mime-version",
            "subject",
            "to",
          ],
          "x-auto-response-suppress",
        ]);
        const to = Array.isArray(mail.to) ? mail.to : [mail.to];
        expect(to.flatMap((each) => each?.value ?? []).map(({ address }) => address)).toEqual([
          "siti@x.example",
        ]);
        expect(tagsOf(mail.html)).toEqual(plainTags);
        expect(String(mail.html).match(/PESERTA/g)).toHaveLength(1);
        expect(mail.attachments).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });

  test("of a certificate has the same Message-ID whenever it is sent, and never that of another", () => {
    expect(messageIdOf("00112233445566778899", "x.example")).toBe(
      messageIdOf("00112233445566778899", "x.example"),
    );
    expect(messageIdOf("00112233445566778899", "x.example")).not.toBe(
      messageIdOf("00112233445566778898", "x.example"),
    );
  });

  test("leads to the PDF where it is not attached, and says what it takes the place of", async () => {
    const facts = {
      "recipient.name": "Siti",
      "certificate.pdf": "https://unduh.example/1.pdf",
      "certificate.url": "https://s.example/v#1",
      "certificate.replaces": "0001/x/2024",
    };
    const raw = await compose({ ...letter, delivery: "link", language: "en" }, { ...of(facts), pdf: null });
    const mail = await simpleParser(raw);
    expect(mail.text).toContain("https://unduh.example/1.pdf");
    expect(mail.text).toContain("takes the place of number 0001/x/2024");
    expect(mail.html).toContain('href="https://unduh.example/1.pdf"');
    expect(mail.attachments).toEqual([]);
  });
});

describe("the organiser's words", () => {
  const parse = (text: string) =>
    parseTemplate(text, "mail.txt", ["recipient.name", "recipient.nip"], () => false);

  test("lose a line that has nothing to say, and only that", () => {
    const facts: Facts = (name) => (name === "recipient.name" ? "Siti" : null);
    expect(
      fillText(
        parse("Halo {{recipient.name}}\nNIP: {{recipient.nip}}\n{{recipient.name}} {{recipient.nip}}\n\nya"),
        facts,
      ),
    ).toBe("Halo Siti\nSiti\n\nya");
  });

  test("with one brace where two are meant are refused before anybody reads them", () => {
    expect(() => parse("Halo\n  {recipient.name}")).toThrow(
      expect.objectContaining({
        code: "placeholder-unknown",
        place: { file: "mail.txt", line: 2, column: 3 },
        hints: ["placeholders have two braces: {{recipient.name}}"],
      }),
    );
    expect(() => parse("{name}")).toThrow("{name} would stand there as it is");
    expect(parse("{seq} {{recipient.name}} p{color}").text).toBe("{seq} {{recipient.name}} p{color}");
  });

  test("keep a fact from being markup, and braces that are no placeholder as they are", () => {
    const html = "<style>p{color:red}</style><p title='{{recipient.name}}'>{{ recipient.name }}</p>";
    expect(fillHtml(parse(html), () => "<b onclick='x'>&")).toBe(
      "<style>p{color:red}</style><p title='&lt;b onclick=&#39;x&#39;&gt;&amp;'>&lt;b onclick=&#39;x&#39;&gt;&amp;</p>",
    );
  });
});
