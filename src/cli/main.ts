import { Command, CommanderError, Option } from "commander";
import { complain, endQuietlyOnClosedPipe } from "./talk.js";
import { version } from "./version.js";

/*
 * Only this file knows commander. Each command is imported when it is called, so that `--version` and `--help` need
 * nothing but this. A command answers with its exit status: 0 all done, 1 done and the answer is "not all", 2 could not.
 */

function program(): Command {
  const lulus = new Command("lulus")
    .description(
      "Certificates after a webinar: who has met the conditions, why, and a PDF that proves itself.",
    )
    .version(version)
    .option("-q, --quiet", "say nothing but the answer")
    .showSuggestionAfterError()
    .showHelpAfterError("hint: lulus --help")
    .exitOverride()
    .addHelpText(
      "after",
      examples("lulus check", "lulus issue", "lulus verify certificates/*.pdf --event ."),
    );

  lulus
    .command("check [event]")
    .description("the dry run: read, match, judge, report; writes nothing but the report")
    .option("--json", "one JSON object instead of the summary")
    .option(
      "--report <file>",
      "also write a report: .html, .xlsx, .csv, .md or .json; may be given more than once",
      collect,
      [],
    )
    .option(
      "--review <file>",
      "write the doubtful cases as rows to fill in: same, different, issue, deny, name",
    )
    .option("--strict", "end with status 1 while people are left for review")
    .option(
      "--set <key=value>",
      "what if? another value for one key of the event file; may be given more than once",
      collect,
      [],
    )
    .addHelpText(
      "after",
      examples(
        "lulus check",
        "lulus check events/jatim-41 --report report.html --report report.xlsx",
        "lulus check --review decisions.csv",
        "lulus check --set awards.participant.when.attendance.min_percent=70",
        "lulus check --json | jq .summary",
      ),
    )
    .action(async (event: string | undefined, _: unknown, command: Command) => {
      const { check } = await import("./check.js");
      process.exitCode = await check(event, command.optsWithGlobals());
    });

  lulus
    .command("issue [event]")
    .description("check, then number, sign and render; a second run changes nothing that is whole")
    .option("--dry-run", "exactly `check`")
    .option("--json", "one JSON object instead of the summary")
    .option("--report <file>", "also write the report of the check", collect, [])
    .option("--strict", "end with status 1 while people are left for review")
    .addOption(new Option("--set <key=value>").argParser(collect).default([]).hideHelp())
    .option("--workers <count>", "threads that render (default: as many as are worth it)")
    .addHelpText(
      "after",
      examples("lulus issue --dry-run", "lulus issue", "lulus issue events/jatim-41 --quiet --json"),
    )
    .action(async (event: string | undefined, _: unknown, command: Command) => {
      const { issue } = await import("./issue.js");
      process.exitCode = await issue(event, command.optsWithGlobals());
    });

  lulus
    .command("preview [event]")
    .description("the certificate in the browser, live: longest name, shortest name, every award")
    .option("--png <file|folder>", "write one picture, or every award, case and page into a folder, and end")
    .option("--award <id>", "with --png: this award only")
    .option("--case <id>", "with --png: typical, longest, shortest, utmost, mononym or bare")
    .option("--dpi <number>", "with --png: resolution (150)")
    .option("--port <number>", "listen on this port (any that is free)")
    .option("--json", "the address, or the files, as one JSON object")
    .addHelpText(
      "after",
      examples(
        "lulus preview",
        "lulus preview --png sample.png --case longest",
        "lulus preview events/jatim-41 --png previews/",
      ),
    )
    .action(async (event: string | undefined, _: unknown, command: Command) => {
      const { preview } = await import("./preview.js");
      process.exitCode = await preview(event, command.optsWithGlobals());
    });

  lulus
    .command("render [event]")
    .description(
      "the certificates once more from the register, to the same bytes; heals what is missing or changed",
    )
    .option("--only <numbers...>", "these alone")
    .option("--shard <i/n>", "one part of several, for as many machines; auto: as the scheduler says")
    .option("--out <folder>", "into another folder than the event's own")
    .option("--merge <file>", "into one PDF for the printer")
    .option("--zip <file>", "into one archive, with the list of them")
    .option("--workers <count>", "threads that render (default: as many as are worth it)")
    .option("--json", "one JSON object instead of the summary")
    .addHelpText(
      "after",
      examples(
        "lulus render",
        "lulus render --only 0007/jatim-41/X/2024 0012/jatim-41/X/2024 --out again",
        "lulus render --merge all.pdf",
        "lulus render --shard 2/8 --out /mnt/certificates",
      ),
    )
    .action(async (event: string | undefined, _: unknown, command: Command) => {
      const { render } = await import("./render.js");
      process.exitCode = await render(event, command.optsWithGlobals());
    });

  lulus
    .command("verify <file|text|url...>")
    .description(
      "is it genuine, and current? reads a PDF, a picture of it, the QR's text or the URL; needs no network",
    )
    .option(
      "--event <event>",
      "the issuer's keys and the register of this event (default: event.yaml here, if there is one)",
    )
    .option("--keys <file>", "the issuer's public keys: PEM or keys.json")
    .option(
      "--site <dir|url>",
      "the issuer's published site, for the status (and the keys, where none are named)",
    )
    .option("--register <file>", "a register: compares each PDF with what was issued")
    .option("--json", "one JSON object instead of the words")
    .addHelpText(
      "after",
      examples(
        "lulus verify certificates/0001.pdf --event .",
        "lulus verify photo.png --keys keys.json",
        'lulus verify "https://example.go.id/v#6789…" --keys issuer.pem',
        "lulus verify inbox/ --keys keys.json --site https://example.go.id/v --json",
      ),
    )
    .action(async (given: readonly string[], _: unknown, command: Command) => {
      const { verify } = await import("./verify.js");
      process.exitCode = await verify(given, command.optsWithGlobals());
    });

  const template = lulus
    .command("template")
    .description("a template of one's own, from a PDF, a picture or a form");
  template
    .command("new <dir>")
    .description("make a template: over a design of yours, or as a copy of a built-in one to change")
    .option(
      "--from <file>",
      "the design: a page as PDF, PNG, JPEG or SVG, or a PDF form whose fields become boxes",
    )
    .option("--page <n>", "the page of a PDF (1)")
    .option("--like <name>", "the built-in template to copy: classic, modern or piagam")
    .option("--json", "one JSON object instead of the words")
    .addHelpText(
      "after",
      examples(
        "lulus template new certificate --from design.pdf",
        "lulus template new certificate --from form.pdf",
        "lulus template new certificate --like classic",
      ),
    )
    .action(async (dir: string, _: unknown, command: Command) => {
      const { newTemplate } = await import("./templateNew.js");
      process.exitCode = await newTemplate(dir, command.optsWithGlobals());
    });
  template
    .command("check <dir>")
    .description("all that would stop an issue with this template, and all that would look bad")
    .option("--json", "one JSON object instead of the words")
    .addHelpText("after", examples("lulus template check certificate", "lulus template check classic --json"))
    .action(async (dir: string, _: unknown, command: Command) => {
      const { checkTemplateFolder } = await import("./templateCheck.js");
      process.exitCode = await checkTemplateFolder(dir, command.optsWithGlobals());
    });

  lulus
    .command("revoke [number...]")
    .description("withdraw certificates, by number or code; nothing is deleted")
    .option("--reason <word>", "why: mistake, identity, conditions, fraud, request or other; it is published")
    .option("--note <text>", "your own words, for the register alone")
    .option("--from <file>", "a CSV list with a column `number`, for a bad batch")
    .option("--event <event>", "the event's folder or file (default: the one here)")
    .option("--json", "one JSON object instead of the words")
    .addHelpText(
      "after",
      examples(
        "lulus revoke 0042/jatim-2024-41/X/2024 --reason mistake",
        'lulus revoke --from wrong.csv --reason conditions --note "quiz of another event"',
      ),
    )
    .action(async (numbers: readonly string[], _: unknown, command: Command) => {
      const { revoke } = await import("./revoke.js");
      process.exitCode = await revoke(numbers, command.optsWithGlobals());
    });

  lulus
    .command("reissue <number>")
    .description("correct a certificate: a new one with its own number, the old one marked as replaced")
    .option("--name <name>", "the name to print")
    .option("--set <field=text>", "another field that the template prints, as in institution=…", collect, [])
    .option("--reason <word>", "why (correction); it is published")
    .option("--note <text>", "your own words, for the register alone")
    .option("--event <event>", "the event's folder or file (default: the one here)")
    .option("--json", "one JSON object instead of the words")
    .addHelpText(
      "after",
      examples('lulus reissue 0042/jatim-2024-41/X/2024 --name "Siti Aminah, S.Kep., Ns."'),
    )
    .action(async (number: string, _: unknown, command: Command) => {
      const { reissue } = await import("./reissue.js");
      process.exitCode = await reissue(number, command.optsWithGlobals());
    });

  lulus
    .command("publish [event]")
    .description("the static verification site: page, issuer keys, status list")
    .option("--out <dir>", "the folder to write (default: site beside event.yaml)")
    .option("--single-file <file>", "one HTML page with everything in it, for use without a network")
    .option("--date <date>", "date of the lists (today, UTC)")
    .option("--json", "one JSON object instead of the words")
    .addHelpText(
      "after",
      examples("lulus publish", "lulus publish --out ../docs/v", "lulus publish --single-file check.html"),
    )
    .action(async (event: string | undefined, _: unknown, command: Command) => {
      const { publish } = await import("./publish.js");
      process.exitCode = await publish(event, command.optsWithGlobals());
    });

  const exported = lulus.command("export").description("certificates in the forms of others");
  exported
    .command("openbadges [event]")
    .description("each certificate that holds as an Open Badge 3.0, for wallets")
    .option("--out <dir>", "the folder to write (default: openbadges beside event.yaml)")
    .option("--only <number...>", "these certificates only")
    .option("--json", "one JSON object instead of the words")
    .addHelpText("after", examples("lulus export openbadges", "lulus export openbadges --out wallets/"))
    .action(async (event: string | undefined, _: unknown, command: Command) => {
      const { exportBadges } = await import("./exportBadges.js");
      process.exitCode = await exportBadges(event, command.optsWithGlobals());
    });

  lulus
    .command("explain <person>")
    .description("how one decision came about, with file and line")
    .option("--event <event>", "the event's folder or file (default: the one here)")
    .option("--json", "one JSON object instead of the words")
    .addHelpText(
      "after",
      examples("lulus explain siti@example.go.id", 'lulus explain "Siti Aminah" --event events/jatim-41'),
    )
    .action(async (person: string, _: unknown, command: Command) => {
      const { explain } = await import("./explain.js");
      process.exitCode = await explain(person, command.optsWithGlobals());
    });

  const key = lulus.command("key").description("the issuer's signing key");
  key
    .command("create [event]")
    .description("make the key that signs certificates, never over an existing one")
    .option("--no-passphrase", "do not encrypt it (trials and scripts)")
    .option("--if-missing", "do nothing if there is one already")
    .option("--json", "one JSON object instead of the words")
    .addHelpText(
      "after",
      examples("lulus key create", "lulus key create events/jatim-41 --no-passphrase --if-missing"),
    )
    .action(async (event: string | undefined, _: unknown, command: Command) => {
      const { createIssuerKey } = await import("./key.js");
      process.exitCode = await createIssuerKey(event, command.optsWithGlobals());
    });

  key
    .command("show [event]")
    .description("the public key, to be given to others (PEM; --json: as a JSON Web Key Set)")
    .option("--json", "every key that signed, as a JSON Web Key Set")
    .addHelpText("after", examples("lulus key show", "lulus key show --json > keys.json"))
    .action(async (event: string | undefined, _: unknown, command: Command) => {
      const { showKey } = await import("./keyShow.js");
      process.exitCode = await showKey(event, command.optsWithGlobals());
    });
  key
    .command("rotate [event]")
    .description("put a new key in the place of the old, whose certificates still verify")
    .option(
      "--compromised-since <date>",
      "others know the old key since this day: nothing that it signed is proven",
    )
    .option("--no-passphrase", "do not encrypt the new key (trials and scripts)")
    .option("--json", "one JSON object instead of the words")
    .addHelpText("after", examples("lulus key rotate", "lulus key rotate --compromised-since 2026-11-20"))
    .action(async (event: string | undefined, _: unknown, command: Command) => {
      const { rotateKey } = await import("./keyRotate.js");
      process.exitCode = await rotateKey(event, command.optsWithGlobals());
    });
  key
    .command("compromised <kid>")
    .description("mark a retired key as known to others")
    .option("--since <date>", "from this day on (today)")
    .option("--event <event>", "the event's folder or file (default: the one here)")
    .action(async (kid: string, _: unknown, command: Command) => {
      const { markCompromised } = await import("./keyShow.js");
      process.exitCode = await markCompromised(kid, command.optsWithGlobals());
    });
  key
    .command("import <file>")
    .description("take an Ed25519 key made elsewhere: PKCS#8 in PEM, or a private JSON Web Key")
    .option("--no-passphrase", "do not encrypt it (trials and scripts)")
    .option("--event <event>", "the event's folder or file (default: the one here)")
    .option("--json", "one JSON object instead of the words")
    .addHelpText("after", examples("lulus key import office-key.pem"))
    .action(async (file: string, _: unknown, command: Command) => {
      const { importKey } = await import("./keyImport.js");
      process.exitCode = await importKey(file, command.optsWithGlobals());
    });

  return lulus;
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

/** Commander ends with 1 on wrong usage, where 1 is an answer of ours. */
function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  complain(error);
  return 2;
}

endQuietlyOnClosedPipe();
for (const [signal, status] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)
  process.once(signal, () => process.exit(status));

try {
  await program().parseAsync(process.argv);
} catch (error) {
  process.exitCode = statusOf(error);
}
