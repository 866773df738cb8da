/** Words that stand in rows rather than in headers, in the languages of the tools. */

/** Rows of one cell that open a section of a webinar report, and the role of those listed under it. */
export const sectionTitles: Readonly<Record<"host" | "panelist" | "participant", readonly string[]>> = {
  host: [
    "Host Details",
    "Host",
    "Detail Host",
    "Detail tuan rumah",
    "Detalles del anfitrión",
    "Detalhes do anfitrião",
    "ホストの詳細",
  ],
  panelist: [
    "Panelist Details",
    "Panelists Details",
    "Detail Panelis",
    "Detalles de los panelistas",
    "Detalles del panelista",
    "Detalhes do painelista",
    "パネリストの詳細",
  ],
  participant: [
    "Attendee Details",
    "Attendees Details",
    "Other Attended",
    "Detail Peserta",
    "Peserta lainnya",
    "Detalles del asistente",
    "Detalles de los asistentes",
    "Detalhes do participante",
    "参加者の詳細",
  ],
};

/** Rows of one cell that name the report as a whole. */
export const reportTitles: readonly string[] = [
  "Attendee Report",
  "Laporan Peserta",
  "Informe de asistentes",
  "Relatório de participantes",
  "参加者レポート",
];

/** Words of yes and no in cells. */
export const yes: readonly string[] = ["yes", "y", "ya", "sí", "si", "sim", "はい", "true", "1"];
export const no: readonly string[] = ["no", "n", "tidak", "não", "nao", "いいえ", "false", "0"];

/** What stands for the name of somebody who answered without giving one. */
export const anonymous: readonly string[] = [
  "Anonymous Attendee",
  "Anonymous",
  "Peserta Anonim",
  "Anonim",
  "Asistente anónimo",
  "Anónimo",
  "Participante anônimo",
  "Anônimo",
  "匿名の出席者",
  "匿名",
];
