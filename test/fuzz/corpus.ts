import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Personas } from "../../src/match/persona.js";
import { parseEvent } from "../../src/model/eventFile.js";
import type { Warning } from "../../src/model/fault.js";
import type { Identity, Source } from "../../src/model/row.js";
import { readDecisions } from "../../src/read/decisions.js";
import { parseKey } from "../../src/read/key.js";
import { answersOf, attendanceOf, fileOf, presenceOf, quizOf, rosterOf } from "../read/reading.js";
import { xlsxOf } from "../read/xlsx.js";
import { makeWorld, type WorldOptions } from "../world/world.js";

/** What a reader found in a file. */
export interface Read {
  readonly people: readonly { readonly who: Identity; readonly source: Source }[];
  /** as the summary says; `null` where a row is not a person's */
  readonly rows: number | null;
  readonly warnings: readonly Warning[];
  readonly add: (personas: Personas) => void;
}

/** A sound file, and how files like it are read. */
export interface Seed {
  readonly name: string;
  readonly bytes: Buffer;
  readonly read: (bytes: Buffer) => Promise<Read>;
  /** a fixture that is to be refused as it is */
  readonly isRefused: boolean;
}

/** What of the event file a situation comes with. */
interface Asked {
  readonly options: Readonly<Record<string, unknown>>;
  readonly key: string;
}

const nothing = {
  people: [],
  rows: null,
  warnings: [{ code: "session-empty", message: "no list" }],
  add: () => {},
};

const readers = {
  attendance: async (bytes: Buffer, { options }: Asked): Promise<Read> => {
    const { rows, summary, warnings } = await attendanceOf(bytes, options);
    const add = (personas: Personas) => rows.forEach((row) => void personas.addAttendance(row));
    return { people: rows, rows: summary.rows, warnings, add };
  },
  quiz: async (bytes: Buffer, { options }: Asked): Promise<Read> => {
    const { rows, summary, warnings } = await quizOf(bytes, options);
    const add = (personas: Personas) => rows.forEach((row) => void personas.addQuiz(row));
    return { people: rows, rows: summary.rows, warnings, add };
  },
  answers: async (bytes: Buffer, { options, key }: Asked): Promise<Read> => {
    const { rows, warnings } = await answersOf(key, [bytes], options);
    const add = (personas: Personas) => rows.forEach((row) => void personas.addQuiz(row));
    return { people: rows, rows: null, warnings, add };
  },
  presence: async (bytes: Buffer, { options }: Asked): Promise<Read> => {
    const { rows, summary, warnings } = await presenceOf(bytes, options);
    const add = (personas: Personas) => rows.forEach((row) => void personas.addPresence(row));
    return { people: rows, rows: summary.rows, warnings, add };
  },
  roster: async (bytes: Buffer): Promise<Read> => {
    const { rows, summary, warnings } = await rosterOf(bytes);
    const add = (personas: Personas) => rows.forEach((row) => void personas.addRoster(row));
    return { people: rows, rows: summary.rows, warnings, add };
  },
  // these hold no people: they must be admitted or refused
  event: async (bytes: Buffer): Promise<Read> => {
    parseEvent(bytes.toString("utf8"), "event.yaml");
    return nothing;
  },
  decisions: async (bytes: Buffer): Promise<Read> => {
    await readDecisions(fileOf(bytes, "decisions.csv"));
    return nothing;
  },
  key: async (bytes: Buffer): Promise<Read> => {
    parseKey(bytes.toString("utf8"), "key.yaml");
    return nothing;
  },
} as const;

const answerKey = `Apa ibu kota Jawa Timur?: Surabaya
Berapa 4 x 5?: 20
Mana yang termasuk nilai ASN?: { all: [Akuntabel, Kompeten], points: 2 }
`;

const texts: readonly (readonly [keyof typeof readers, string, string])[] = [
  [
    "attendance",
    "a meeting report of 2020",
    'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,\n94758381041,"Kelas A, Selasa",09/24/2026 09:03:16 AM,09/24/2026 10:13:23 AM,tuan@x.id,71,50,\n\nName (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent\n015_Loka (Loka Wirawan),loka@x.id,09/24/2026 9:54:15 AM,09/24/2026 12:01:59 PM,128,Yes,Y\n003_Putri,putri@x.id,09/24/2026 10:08:26 AM,09/24/2026 12:01:58 PM,114,Yes,Y\n003_Putri,putri@x.id,09/24/2026 10:11:31 AM,09/24/2026 12:01:58 PM,111,Yes\n',
  ],
  [
    "attendance",
    "unique users",
    'Topic,ID,Host,Duration (minutes),Start time,End time,Participants\nMagang,81796405615,Tutor (tuan@x.id),77,"09/24/2026 03:10:26 PM","09/24/2026 04:26:31 PM",67\n\nName (original name),Email,Total duration (minutes),Guest\n24JR1A05q6,,76,Yes\nAna,ana@x.id,15,No\nEric\'s iPad (Wirawan),,57,\n',
  ],
  [
    "attendance",
    "the history with participants",
    "Topic,Meeting ID,User Name,User Email,Department,Group,Has Zoom Rooms,Creation Time,Start Time,End Time,Duration (Minutes),Participants,Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room\nRapat,852 1848 6288,Tuan,tuan@x.id,,,No,15/08/2026 01:27,24/09/2026 08:20,24/09/2026 11:40,200,2,Ana,ana@x.id,24/09/2026 08:25,24/09/2026 11:35,190,No,,No\nRapat,852 1848 6288,Tuan,tuan@x.id,,,No,15/08/2026 01:27,24/09/2026 08:20,24/09/2026 11:40,200,2,Budi,,24/09/2026 08:30,24/09/2026 11:31,181,Yes,,No\nLain,111 1848 6288,Tuan,tuan@x.id,,,No,15/08/2026 01:27,01/06/2026 00:00,01/06/2026 00:21,22,2,Cici,c@x.id,01/06/2026 00:00,01/06/2026 00:21,22,No,,No\n",
  ],
  [
    "attendance",
    "a Spanish report",
    "Nombre (nombre original);Correo electrónico;Hora de entrada;Hora de salida;Duración (minutos);Invitado;En sala de espera\nJosé Núñez;jose@x.es;24/09/2026 08:31:00;24/09/2026 11:32:00;181;Sí;No\nÁngela;;24/09/2026 09:31:00;24/09/2026 10:32:00;61;Sí;No\n",
  ],
  [
    "attendance",
    "a Japanese report",
    "名前 (元の名前),ユーザーメール,参加時刻,退出時刻,所要時間（分）\n太郎,taro@x.jp,2026/9/24 8:42,2026/9/24 11:42,180\n花子,,2026/9/24 8:45,2026/9/24 10:42,117\n",
  ],
  [
    "quiz",
    "answers of a Google form",
    'Timestamp,Email Address,Score,Nama Lengkap (beserta gelar)\n24/9/2026 10:25:41,Ana@x.id,8 / 10,"Dr. Ana, M.A."\n24/9/2026 10:26:00,b@x.id,13.5 / 15,Budi\n24/9/2026 10:27:00,c@x.id,-,Cici\n',
  ],
  [
    "quiz",
    "responses downloaded",
    '"Timestamp","Username","Total score","Q"\n"2026/09/27 3:00:00 PM GMT+3","s@x.id","4.00 / 5","Four"\n"2026/10/04 10:15:00 AM GMT+5:30","t@x.id","4 / 5","Four"\n',
  ],
  [
    "quiz",
    "a Microsoft form",
    "ID,Start time,Completion time,Email,Name,Total points,Quiz feedback,Last modified time,Nama,Points - Nama\n1,9/24/26 19:06:23,9/24/26 19:17:10,anonymous,,4,,,Ama Mensah,\n2,9/24/26 19:08:23,9/24/26 19:18:10,budi@x.id,Budi,7,,,Budi,\n",
  ],
  [
    "quiz",
    "a Moodle quiz",
    'Surname,"First name",Institution,Department,"Email address",State,"Started on",Completed,"Time taken",Grade/10,"Q. 1 /1"\n"SITI M",161111043@x.id,,,161111043@x.id,Finished,"1 November 2026  12:51 PM","1 November 2026  1:39 PM","47 mins 28 secs",7,0\nAnto,Budi,,,b@x.id,"In progress","1 November 2026  12:51 PM",-,-,-,-\n',
  ],
  [
    "quiz",
    "a Moodle gradebook",
    '"First name",Surname,"ID number",Institution,Department,"Email address","Quiz: Akhir (Percentage)","Last downloaded from this course"\nAna,Lestari,77,,,ana@x.id,"75,00 %",1790000000\nBudi,Anto,78,,,b@x.id,-,1790000000\n',
  ],
  [
    "quiz",
    "a Canvas gradebook",
    'Student,ID,SIS User ID,SIS Login ID,Section,Unit 1 Quiz (101),Current Score\n    Points Possible,,,,,10,\n"Rivera, Ana",11,S1,ana@x.id,8175 - Block 3,9,90\n"Lima, Rui",12,S2,1234567,8175,EX,\n"Student, Test",15,,teststudent,8175 - Block 3,,\n',
  ],
  [
    "answers",
    "a poll with a table for each question",
    '#,User Name,User Email,Submitted Date/Time,Apa ibu kota Jawa Timur?\n1,Ana,ana@x.id,"Sep 24, 2026 09:00:00",Surabaya\n2,Budi,b@x.id,"Sep 24, 2026 09:00:01",Malang\n\n#,User Name,User Email,Submitted Date/Time,Berapa 4 x 5?\n1,Ana,ana@x.id,"Sep 24, 2026 09:05:00",20\n#,User Name,User Email,Submitted Date/Time,Mana yang termasuk nilai ASN?\n1,Budi,b@x.id,"Sep 24, 2026 09:06:00",Akuntabel;Kompeten\n',
  ],
  [
    "answers",
    "a poll with one row an answer",
    "Poll Report\nReport generated time,09/25/2026 08:00:00 AM\n\nTopic,Webinar ID,Actual Start Time,# Poll\nBelajar,812 3456 7890,09/24/2026 08:20:00 AM,1\n#,User Name,User Email,Submitted Time (Asia/Jakarta),Question,Answer\n1,Ana,ana@x.id,09/24/2026 09:00:00 AM,Berapa 4 x 5?,20\n2,Ana,ana@x.id,09/24/2026 09:00:00 AM,Apa ibu kota Jawa Timur?,Surabaya\n",
  ],
  [
    "presence",
    "a daftar hadir",
    'Timestamp,Email Address,Nama Lengkap (beserta gelar),NIP,Instansi,Mengikuti melalui\n24/09/2026 09:00:00,a@x.id,"Ana, S.E.","=""199001012020011009""",Dinas,Zoom\n24/09/2026 09:01:00,b@x.id,Budi,\'19850101 201001 1 003,Bappeda,YouTube\n24/09/2026 09:02:00,,Cici,"1,99001E+17",-,YouTube\n',
  ],
  [
    "roster",
    "a roster",
    'Nama;Email;NIP;Instansi;Peran\n"Dr. Budi Santoso, M.Si.";b@x.id;199001012020011009;Dinas;peserta\nAna;a@x.id;-;BPSDM;narasumber\n',
  ],
  [
    "roster",
    "a registration report",
    "Registration Report\nReport Generated:,09/25/2026\nTopic,Webinar ID\nBelajar,812\nAttendee Details\nFirst Name,Last Name,Email,Registration Time,Approval Status\nAna,Lestari,ana@x.id,2026-09-09 10:00,approved\nBudi,Anto,b@x.id,2026-09-09 10:00,denied\n",
  ],
  [
    "decisions",
    "rulings",
    '\ufeffperson,question,evidence,ruling,reason\nname:budi,name-similar email:b@x.id,"a, b",same,ia sendiri\nemail:a@x.id,,,issue,surat tugas\nemail:c@x.id,,,name,"Cici, S.E."\n',
  ],
  ["key", "an answer key", answerKey],
];

const worlds: readonly WorldOptions[] = [
  { shape: "webinar", quiz: "sheet", roster: true, presence: 2 },
  { shape: "webinar-padded", quiz: "download", sessions: 2, language: "en" },
  { shape: "meeting-legacy", quiz: "bare", bytes: "utf-16le" },
  { shape: "meeting-block", quiz: "indonesian", bytes: "utf-8-bom" },
  { shape: "meeting-plain", quiz: "none", language: "en", presence: 1 },
];

/** Every kind of file that can be read: those of `fixtures`, of invented events, and one of each tool by hand. */
export function corpus(fixtures: string): Seed[] {
  return [
    ...texts.map(([kind, name, text]) => seed(kind, name, Buffer.from(text))),
    ...fixtureSeeds(fixtures),
    ...worlds.flatMap((options, index) =>
      [...makeWorld(index + 1, { ...options, people: 40 }).files].flatMap(([path, bytes]) => {
        const kind = kindOf(path);
        return kind === null ? [] : [seed(kind, `world ${index + 1}: ${path}`, Buffer.from(bytes))];
      }),
    ),
    ...workbooks(),
  ];
}

function seed(
  kind: keyof typeof readers,
  name: string,
  bytes: Buffer,
  asked: Asked = { options: { max: 100 }, key: answerKey },
  isRefused = false,
): Seed {
  return { name: `${kind}: ${name}`, bytes, isRefused, read: (damaged) => readers[kind](damaged, asked) };
}

function fixtureSeeds(fixtures: string): Seed[] {
  return readdirSync(fixtures, { recursive: true, encoding: "utf8" })
    .sort()
    .flatMap((path) => {
      const full = join(fixtures, path);
      const kind = path.startsWith("vectors") ? null : kindOf(path);
      if (kind === null || !statSync(full).isFile()) return [];
      const beside = (name: string) => join(dirname(full), name);
      const expected = existsSync(beside("expected.json"))
        ? JSON.parse(readFileSync(beside("expected.json"), "utf8"))
        : {};
      const key = existsSync(beside("key.yaml")) ? readFileSync(beside("key.yaml"), "utf8") : answerKey;
      const asked = { options: expected.options ?? {}, key };
      return [seed(kind, path, readFileSync(full), asked, expected.faults !== undefined)];
    });
}

function kindOf(path: string): keyof typeof readers | null {
  const parts = path.replaceAll("\\", "/");
  if (/event\.yaml$/.test(parts)) return "event";
  if (!/\.(?:csv|xlsx|zip)$/.test(parts)) return null;
  if (/attendance[/.]/.test(parts)) return "attendance";
  if (/quiz[/.]/.test(parts)) return "quiz";
  if (/poll\./.test(parts)) return "answers";
  if (/presence[/.]/.test(parts)) return "presence";
  if (/roster\./.test(parts)) return "roster";
  return null;
}

function workbooks(): Seed[] {
  const kahoot = xlsxOf({
    "Final Scores": [
      ["Kuis akhir"],
      ["Final Scores"],
      ["Rank", "Player", "Total Score (points)", "Correct Answers", "Incorrect Answers"],
      [1, "Budi", 7421, 8, 2],
      [2, "Ana", 3055, 4, 4],
    ],
  });
  const list = xlsxOf(
    {
      Daftar: [
        ["Nama", "Email", "NIP"],
        ["Budi", "b@x.id", "199001012020011009"],
      ],
    },
    { isInline: true },
  );
  return [
    seed("quiz", "a Kahoot workbook", Buffer.from(kahoot)),
    seed("roster", "a workbook", Buffer.from(list)),
  ];
}
