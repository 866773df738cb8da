import { Fault } from "../../model/fault.js";
import { fitText } from "../fit.js";
import type { Paragraph } from "../line.js";
import type { Facts } from "../placeholder.js";
import type { TextSpec } from "../schema.js";
import { fillText, type Span, type Text } from "../text.js";
import {
  commonOf,
  type Desk,
  type Drawn,
  type Element,
  type Laid,
  type Notice,
  type Shop,
  type Tag,
} from "./element.js";
import { deskOf, drawLines, type Setting, settingOf } from "./setting.js";

interface TextSetting extends Setting {
  readonly valign: "top" | "middle" | "bottom";
  readonly tag: Tag;
}

export function admitText(spec: TextSpec, path: readonly PropertyKey[], desk: Desk): Element {
  const common = commonOf(spec, path, desk);
  const setting = { ...settingOf(spec, path, desk), valign: spec.valign ?? "top", tag: spec.tag ?? "P" };
  const text = desk.text(spec.value, [...path, "value"], { markup: spec.markup ?? false });
  const element: Element = {
    ...common,
    texts: [text],
    children: [],
    tag: setting.tag,
    setting,
    lay(facts, room, shop) {
      const isOwn = text.scope === "person" || shop.notice !== undefined;
      const key = isOwn ? "" : keyOf(spec.id, text, facts);
      const known = isOwn ? undefined : shop.cache.get(key);
      if (known !== undefined) return known;
      const spans = fillText(text, facts);
      const laid = spans === null ? null : layOut(element, spans, setting, room, shop);
      if (!isOwn) shop.cache.set(key, laid);
      return laid;
    },
  };
  return element;
}

/** Texts of the same values are the same. */
function keyOf(id: string, { placeholders }: Text, facts: Facts): string {
  let key = id;
  for (const name of placeholders) key += `\n${facts(name)}`;
  return key;
}

function layOut(
  element: Element,
  spans: readonly Span[],
  setting: TextSetting,
  room: { readonly width: number; readonly height: number },
  shop: Shop,
): Laid {
  const desk = deskOf(setting, shop);
  const paragraphs = desk.paragraphsOf(spans);
  const fitted = fitText(paragraphs, setting, room, desk.setter);
  if (fitted === null) throw overflow(element, spans, setting);
  const { size, lines } = fitted;
  shop.notice?.(noticeOf(element, spans, paragraphs, size, lines.length, setting, shop));
  const used = lines.length * setting.lineHeight * size;
  const isStacked = element.box === null;
  const spare = isStacked || setting.valign === "top" ? 0 : room.height - used;
  const down = setting.valign === "middle" ? spare / 2 : spare;
  let last: { x: number; y: number; drawn: readonly Drawn[] } | null = null;
  return {
    height: used,
    size,
    lines: lines.length,
    drawAt(x, y) {
      if (last?.x !== x || last.y !== y) {
        const operators = drawLines(lines, size, setting, { x, y: y + down, width: room.width }, shop);
        last = { x, y, drawn: [{ element, tag: setting.tag, alt: null, within: [], operators }] };
      }
      return last.drawn;
    },
  };
}

function noticeOf(
  element: Element,
  spans: readonly Span[],
  paragraphs: readonly Paragraph[],
  size: number,
  lines: number,
  { font }: Setting,
  shop: Shop,
): Notice {
  const own = new Set(
    [false, true].flatMap((bold) =>
      [false, true].flatMap((italic) => shop.faces.chain(font, bold, italic)[0] ?? []),
    ),
  );
  const foreign = paragraphs.flatMap(({ words }) => words.flat()).find((run) => !own.has(run.face));
  return {
    element,
    text: spans.map((span) => span.text).join(""),
    size,
    lines,
    fallback: foreign?.text.trim() ?? null,
  };
}

function overflow(element: Element, spans: readonly Span[], { min, lines }: Setting): Fault {
  const text = spans.map((span) => span.text).join("");
  const limit = `${min} pt in ${lines === 1 ? "one line" : `${lines} lines`}`;
  return new Fault("text-overflow", `"${text}" does not fit into "${element.id}" even at ${limit}`, {
    place: element.place,
    hints: ["shorten the text, or give the element a larger box, a smaller `fit.min` or more `fit.lines`"],
  });
}
