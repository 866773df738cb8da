/**
 * Names of columns as the tools write them, by language of the account; alternatives stand between bars.
 * Compared without regard to case, blanks and width of letters, so the older English (`User Email`, `Join Time`)
 * and the newer (`Email`, `Join time`) differ only where their words do. One name may mean several columns; the
 * layout tells which. To read another language, add its names here and in the words of rows: nothing else need change.
 */

type Language = "en" | "id" | "es" | "pt" | "ja";
type Names = Readonly<Partial<Record<Language, string>>>;

export type Column = keyof typeof table;

/** Who a row is about. */
const identity = {
  name: {
    en: "Name (Original Name) | User Name (Original Name) | User Name | Name | Full Name | Participant Name | Student",
    id: "Nama (nama asli) | Nama Pengguna (nama asli) | Nama | Nama Lengkap | Nama Peserta | Nama Lengkap (beserta gelar) | Nama Lengkap dan Gelar | Nama Lengkap Beserta Gelar | Nama Lengkap dengan Gelar",
    es: "Nombre (nombre original) | Nombre de usuario (nombre original) | Nombre de usuario | Nombre | Nombre completo",
    pt: "Nome (nome original) | Nome de usuário (nome original) | Nome | Nome completo",
    ja: "名前 (元の名前) | ユーザー名 (元の名前) | ユーザー名 | 名前 | 氏名",
  },
  firstName: {
    en: "First Name | Given name",
    id: "Nama depan",
    es: "Nombre(s)",
    pt: "Primeiro nome",
    ja: "名",
  },
  lastName: {
    en: "Last Name | Surname | Family name",
    id: "Nama belakang | Nama akhir",
    es: "Apellido(s) | Apellidos",
    pt: "Sobrenome",
    ja: "姓",
  },
  email: {
    en: "User Email | Email | E-mail | Email Address | E-mail Address | Mail | Username",
    id: "Alamat Email | Alamat E-mail | Alamat surel | Alamat surel/email | Surel | Nama Pengguna | Email Pengguna",
    es: "E-mail del usuario | E-mail de usuario | Correo electrónico | Correo electrónico del usuario | Dirección de correo electrónico | Dirección de correo",
    pt: "E-mail do usuário | Endereço de e-mail",
    ja: "ユーザーメール | メール | メールアドレス | ユーザーのメールアドレス",
  },
  nip: {
    en: "ID number",
    id: "NIP | NIP/NRP | NIP/NIK | NIP / NIK | NIP/NIPPPK | NIP (Jika Ada) | NIP/NI PPPK | Nomor Induk Pegawai | Nomor ID | NIK | NIDN",
  },
  institution: {
    en: "Institution | Organization | Organisation | Company",
    id: "Instansi | Asal Instansi | Institusi | Unit Kerja | Instansi/Unit Kerja | Unit Kerja/Instansi | Nama Instansi | Perangkat Daerah | OPD | Satker | Satuan Kerja",
    es: "Institución",
    pt: "Instituição",
  },
  role: { en: "Role", id: "Peran | Sebagai | Status Peserta", es: "Rol", pt: "Função" },
} satisfies Record<string, Names>;

/** Zoom's rows of people. */
const attendance = {
  join: {
    en: "Join Time",
    id: "Waktu bergabung | Waktu gabung",
    es: "Hora para unirse | Hora de entrada",
    pt: "Ingressar na hora | Horário de entrada",
    ja: "参加時刻 | 参加時間",
  },
  leave: {
    en: "Leave Time",
    id: "Waktu keluar | Waktu meninggalkan",
    es: "Hora para salir | Hora de salida",
    pt: "Hora de saída | Horário de saída",
    ja: "退出時刻 | 退出時間",
  },
  minutes: {
    en: "Duration (Minutes) | Time in Session (minutes)",
    id: "Durasi (menit) | Waktu dalam sesi (menit)",
    es: "Duración (minutos)",
    pt: "Duração (minutos)",
    ja: "所要時間（分） | 期間 (分)",
  },
  total: {
    en: "Total Duration (Minutes)",
    id: "Total durasi (menit) | Total durasi (menit)s | Durasi total (menit)",
    es: "Duración total (minutos)",
    pt: "Duração total (minutos)",
    ja: "合計時間（分） | 合計所要時間（分）",
  },
  waiting: {
    en: "In Waiting Room",
    id: "Di ruang tunggu",
    es: "En sala de espera",
    pt: "Na sala de espera",
    ja: "待機室",
  },
  attended: {
    en: "Attended",
    id: "Hadir | Menghadiri",
    es: "Asistió | Ha asistido",
    pt: "Participou",
    ja: "参加済み | 出席",
  },
  registered: {
    en: "Registration Time",
    id: "Waktu pendaftaran",
    es: "Hora de registro | Hora de inscripción",
    pt: "Hora da inscrição",
    ja: "登録時刻",
  },
  approval: {
    en: "Approval Status",
    id: "Status persetujuan",
    es: "Estado de aprobación",
    pt: "Status de aprovação",
  },
} satisfies Record<string, Names>;

/** What Zoom says about the meeting, and the columns by which its other reports are known. */
const meeting = {
  topic: {
    en: "Topic | Meeting Topic | Webinar Topic",
    id: "Topik",
    es: "Tema",
    pt: "Tópico",
    ja: "トピック",
  },
  meetingId: {
    en: "Meeting ID | Webinar ID | ID | Meeting/Webinar ID",
    id: "ID Rapat | ID Webinar",
    es: "ID de la reunión | ID de reunión",
    pt: "ID da reunião",
    ja: "ミーティングID | ミーティング ID",
  },
  host: { en: "Host | Host Name", id: "Nama host", es: "Anfitrión", pt: "Anfitrião", ja: "ホスト" },
  start: {
    en: "Start Time | Actual Start Time",
    id: "Waktu mulai | Waktu mulai aktual",
    es: "Hora de inicio",
    pt: "Hora de início | Horário de início",
    ja: "開始時刻 | 開始時間",
  },
  end: {
    en: "End Time",
    id: "Waktu berakhir | Waktu selesai",
    es: "Hora de finalización",
    pt: "Hora de término | Horário de término",
    ja: "終了時刻 | 終了時間",
  },
  generated: {
    en: "Report Generated | Report generated time | Generate Time",
    id: "Laporan dibuat | Waktu pembuatan laporan",
    es: "Informe generado",
    pt: "Relatório gerado",
  },
  device: { en: "Device", id: "Perangkat", es: "Dispositivo", pt: "Dispositivo" },
  address: { en: "IP Address", id: "Alamat IP", es: "Dirección IP", pt: "Endereço IP" },
  participant: { en: "Participant" },
  submitted: { en: "Submitted Date/Time | Submitted Date and Time | Submitted Time" },
  order: { en: "#" },
  question: { en: "Question", id: "Pertanyaan" },
  answer: { en: "Answer", id: "Jawaban" },
} satisfies Record<string, Names>;

/** Forms and quizzes. */
const answers = {
  timestamp: {
    en: "Timestamp",
    id: "Stempel waktu | Cap waktu",
    es: "Marca temporal",
    pt: "Carimbo de data/hora",
    ja: "タイムスタンプ",
  },
  score: {
    en: "Score | Total score",
    id: "Skor | Skor total | Total skor | Nilai",
    es: "Puntuación",
    pt: "Pontuação",
    ja: "スコア",
  },
  maximum: {
    en: "Max | Maximum | Max score | Maximum score | Out of | Points possible",
    id: "Maks | Maksimum | Skor maksimum | Skor maksimal | Nilai maksimum | Nilai maksimal | Dari",
    es: "Puntuación máxima",
    pt: "Pontuação máxima",
  },
  began: { en: "Start time", id: "Waktu mulai", es: "Hora de inicio", pt: "Hora de início", ja: "開始時刻" },
  completed: {
    en: "Completion time",
    id: "Waktu penyelesaian | Waktu selesai",
    es: "Hora de finalización",
    pt: "Hora de conclusão",
    ja: "完了時刻",
  },
  points: { en: "Total points", id: "Total poin | Poin total", es: "Total de puntos", pt: "Total de pontos" },
  state: { en: "State | Status", id: "Keadaan", es: "Estado", pt: "Estado" },
  started: {
    en: "Started on | Started",
    id: "Dimulai pada | Dimulai",
    es: "Comenzado el",
    pt: "Iniciada em",
  },
  finished: { en: "Completed", id: "Selesai", es: "Finalizado", pt: "Completo" },
  downloaded: { en: "Last downloaded from this course", id: "Terakhir diunduh dari kursus ini" },
  courseTotal: { en: "Course total | Course total (Real)", id: "Total kursus | Total kursus (Real)" },
  player: {
    en: "Player | Nickname | Participant | Student | Student Name",
    id: "Pemain | Nama Pemain | Peserta",
    es: "Jugador",
    pt: "Jogador",
  },
  playerPoints: { en: "Total Score (points)" },
  correct: {
    en: "Correct Answers | Correct",
    id: "Jawaban benar | Benar",
    es: "Respuestas correctas",
    pt: "Respostas corretas",
  },
  incorrect: {
    en: "Incorrect Answers | Incorrect",
    id: "Jawaban salah | Salah",
    es: "Respuestas incorrectas",
    pt: "Respostas incorretas",
  },
  unanswered: { en: "Unanswered | Unattempted | No answer", id: "Tidak dijawab" },
  accuracy: {
    en: "Accuracy | Accuracy % | Accuracy (%)",
    id: "Akurasi | Akurasi (%)",
    es: "Precisión",
    pt: "Precisão",
  },
  student: { en: "Student" },
  canvasId: { en: "ID" },
  login: { en: "SIS Login ID" },
  section: { en: "Section" },
  /** known only by pattern: the maximum is part of the header */
  grade: {},
} satisfies Record<string, Names>;

const table = { ...identity, ...attendance, ...meeting, ...answers };

/** Every name of every column, with the column. */
export const aliases: readonly (readonly [name: string, column: Column])[] = (
  Object.entries(table) as [Column, Names][]
).flatMap(([column, names]) =>
  Object.values(names).flatMap((alternatives) =>
    alternatives.split(" | ").map((name) => [name, column] as const),
  ),
);

/** Headers that are questions: taken for the column if they begin like this, after those of the exact name. */
export const loose: Readonly<Partial<Record<Column, RegExp>>> = {
  email: /(?:^|[ ,(])(?:e-?mail|surel)(?:$|[ ,.()?:/])/u,
  name: new RegExp(
    [
      "^(?:(?:what(?:'s| is)|please (?:enter|type|write)|enter|type|write) )?(?:your )?(?:full |complete )?name(?:$|[?(,/&]| (?:and|with|&|as))",
      "^(?:(?:tulis(?:kan)?|isi(?:kan)?|masukkan|ketik(?:kan)?|silakan (?:tulis|isi)) )?nama(?: (?:lengkap|peserta|anda|saudara|bapak/ibu))*(?:$|[?(,/&]| (?:dan|beserta|dengan|serta|tanpa|sesuai|untuk|berikut|&|[+]|-))",
    ].join("|"),
    "u",
  ),
  nip: /^(?:nip|nomor induk pegawai)(?:$|[ (/,.])/u,
  institution:
    /^(?:asal |nama )?(?:instansi|institusi|unit kerja|perangkat daerah|opd|satuan kerja)(?:$|[ (/,.])/u,
  role: /^(?:peran|sebagai)(?:$|[ (/,.])/u,
  grade: /^(?:grade|nilai|calificación|avaliação|nota) ?\/ ?\d+(?:[.,]\d+)?$/u,
  submitted: /^submitted (?:date|time)/u,
};
