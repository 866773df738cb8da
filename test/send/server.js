// A mail server that counts what it takes, and fails as it is told: a process of its own, so that whoever talks to it may
// die or wait. Its one argument is JSON; its first line of output is the port. Every message that it takes is a line of
// the log before the client hears of it.
//
// What goes wrong is said by the address, as in `siti.450x2@example.id`: the word behind the last dot, twice and then not
// any more. `550` at the recipient, `data554` for the message, `drop` before the message, `lost` after it was taken and
// before the answer, `slow` to answer, `deaf` never answers.
import { createHash } from "node:crypto";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";

const {
  tls = "starttls",
  key,
  cert,
  auth = null,
  oauth = false,
  log,
  save = null,
  greetings = 0,
  sender = null,
  random = null,
  hide = [],
} = JSON.parse(process.argv[2] ?? "{}");

/** How often somebody has been asked after, by fault and address. */
const tries = new Map();
let connections = 0;
let saved = 0;

/** The fault that an address asks for at this time, or none. */
function faultOf(address, stage) {
  if (random !== null) return drawn(address, stage);
  const [local] = address.split("@");
  const [, word, times = ""] = /\.((?:data)?[45]\d\d|drop|lost|slow|deaf)(?:x(\d+))?$/.exec(local) ?? [];
  if (word === undefined || stageOf(word) !== stage) return null;
  const count = (tries.get(address) ?? 0) + 1;
  tries.set(address, count);
  return times !== "" && count > Number(times) ? null : word;
}

function stageOf(word) {
  return /^(?:data\d+|lost|slow|deaf)$/.test(word) ? "message" : "recipient";
}

/** A fault by chance, the same for the same seed, address and time. */
function drawn(address, stage) {
  const name = `${stage} ${address}`;
  const count = tries.get(name) ?? 0;
  tries.set(name, count + 1);
  const bytes = createHash("sha256").update(`${random.seed} ${name} ${count}`).digest();
  let chance = bytes.readUInt32BE(0) / 2 ** 32;
  for (const [word, share] of Object.entries(random.shares)) {
    if (stageOf(word) !== stage) continue;
    if (chance < share) return word;
    chance -= share;
  }
  return null;
}

function refusal(code, text) {
  return Object.assign(new Error(text), { responseCode: Number(code) });
}

function drop(session) {
  for (const connection of server.connections)
    if (connection.session === session || connection.id === session.id) connection._socket?.destroy();
}

const server = new SMTPServer({
  secure: tls === "implicit",
  ...(key ? { key: readFileSync(key), cert: readFileSync(cert) } : {}),
  disabledCommands: [...(tls === "starttls" ? [] : ["STARTTLS"]), ...(auth === null ? ["AUTH"] : [])],
  authMethods: oauth ? ["XOAUTH2"] : ["PLAIN", "LOGIN"],
  authOptional: auth === null,
  allowInsecureAuth: true,
  disableReverseLookup: true,
  hidePIPELINING: hide.includes("PIPELINING"),
  hide8BITMIME: true,
  logger: false,
  size: 10_000_000,
  closeTimeout: 100,
  onConnect(_session, done) {
    connections += 1;
    if (connections <= greetings) return done(refusal(421, "4.3.2 too busy, come again"));
    return done();
  },
  onAuth({ username, password, accessToken }, _session, done) {
    if (`${username}:${oauth ? accessToken : password}` === auth) return done(null, { user: username });
    return done(refusal(535, `5.7.8 no such user with the password ${password}`));
  },
  onMailFrom(_address, _session, done) {
    return sender === null ? done() : done(refusal(sender.slice(0, 3), sender.slice(4)));
  },
  onRcptTo({ address }, session, done) {
    const word = faultOf(address, "recipient");
    if (word === null) return done();
    if (word === "drop") return drop(session);
    return done(refusal(word, `${word.startsWith("5") ? "5.1.1 no such person here" : "4.2.1 not now"}`));
  },
  onData(stream, session, done) {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", () => {
      const raw = Buffer.concat(chunks);
      const [to = { address: "" }] = session.envelope.rcptTo;
      const word = faultOf(to.address, "message");
      const [, code] = /^data(\d+)$/.exec(word ?? "") ?? [];
      if (code !== undefined) return done(refusal(code, `${code[0]}.6.0 not such a message`));
      take(raw, session);
      if (word === "lost") return drop(session);
      if (word === "deaf") return;
      setTimeout(() => done(null, "taken"), word === "slow" ? 700 : 0);
    });
  },
});

function take(raw, session) {
  const head = raw.toString("latin1", 0, raw.indexOf("\r\n\r\n"));
  const [, id] = /^message-id: *(\S+)/im.exec(head) ?? [];
  const to = session.envelope.rcptTo.map(({ address }) => address);
  const line = {
    to,
    from: session.envelope.mailFrom.address,
    id,
    secure: session.secure,
    user: session.user ?? null,
  };
  if (log) appendFileSync(log, `${JSON.stringify(line)}\n`);
  if (save) {
    saved += 1;
    writeFileSync(join(save, `${String(saved).padStart(4, "0")}.eml`), raw);
  }
}

server.on("error", () => {});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.server.address().port}\n`));
// whoever started it may be gone
process.stdin.resume();
process.stdin.on("end", () => process.exit());
