import { isIP } from "node:net";
import { Fault } from "../../model/fault.js";
import { formatServer, type Server } from "../../send/server.js";
import type { EventFolder } from "../eventFolder.js";
import { accessOf, secretGiven, serverOf } from "../send/access.js";
import { letterOf } from "../send/letter.js";
import { type Finding, look, ok, problem, problemsOf, warning } from "./finding.js";

/** Who writes, what, and through which server. Nothing is ever sent; the server is spoken to only when online. */
export async function lookAtMail(folder: EventFolder, isOnline: boolean): Promise<Finding[]> {
  const { mail } = folder.event.config;
  if (mail === undefined) return [];
  return [
    ...(await look("mail", () => lookAtLetter(folder))),
    ...(await look("mail", async () => (isOnline ? await lookThere(folder) : lookHere(folder)))),
  ];
}

function lookAtLetter(folder: EventFolder): Finding[] {
  const { from, delivery } = letterOf(folder);
  const shown = from.name === "" ? from.address : `${from.name} <${from.address}>`;
  const isExample = /[@.](?:example(?:\.(?:com|net|org))?|invalid|test)$/.test(from.address);
  const said = isExample
    ? warning(
        "mail",
        `from ${shown}: an example, which no mail server lets you use`,
        "put the address of your office under `mail.from`",
      )
    : ok("mail", `from ${shown}`);
  if (delivery !== "page") return [said];
  return [
    said,
    warning(
      "mail",
      "`mode: link` without `files`: people are led to the page that checks certificates, and get no PDF",
      "name the web folder in which the PDFs lie: files: https://…; or take `mode: link` away",
    ),
  ];
}

/** What can be told of the server without asking it. It is needed only when mails are sent, so its absence stops nothing yet. */
function lookHere(folder: EventFolder): Finding[] {
  try {
    const { server, password } = serverOf(folder);
    return [...exposure(server), ...lackingPassword(server, password)];
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "smtp-missing") throw error;
    return problemsOf("mail", error).map((finding) => ({ ...finding, state: "warning" }));
  }
}

function lackingPassword({ user, host }: Server, password: string | null): Finding[] {
  if (user === null || password !== null || secretGiven() !== null) return [];
  return [
    warning(
      "mail",
      `there is no password for "${user}" at ${host}: it will be asked for`,
      "for scripts, name a file that holds it in LULUS_SMTP_PASSWORD_FILE",
    ),
  ];
}

function exposure({ isInsecure, host }: Server): Finding[] {
  const isHere = host === "localhost" || (isIP(host) > 0 && /^(?:127\.|::1$)/.test(host));
  if (!isInsecure || isHere) return [];
  return [
    problem(
      "mail",
      `\`insecure: true\`, and ${host} is another machine: mails, names and password can be read on the way`,
      "take it away; for a server with a certificate of the office, name that under `mail.ca`",
    ),
  ];
}

/** Connects, encrypts, authenticates, and parts. */
async function lookThere(folder: EventFolder): Promise<Finding[]> {
  const { server, secret } = await accessOf(folder);
  const { connect } = await import("../../send/connection.js");
  const connection = await connect(server, secret());
  connection.quit();
  return [...exposure(server), ok("mail", `${formatServer(server)} takes mail from us`)];
}
