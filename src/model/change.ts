import { type Document, isMap, isScalar, isSeq, parse, type YAMLMap, type YAMLSeq } from "yaml";
import { Fault } from "./fault.js";
import { nearest } from "./yaml.js";

/** A what-if: one key of the event file with another value, for one run of `check` only. */
export interface Change {
  /** as written: `awards.participant.when.attendance.min_percent` */
  readonly key: string;
  /** `undefined`: the key is taken away */
  readonly value: unknown;
}

/** @throws Fault for a text that is no `key=value` */
export function parseChange(text: string): Change {
  const at = text.indexOf("=");
  const key = text.slice(0, at).trim();
  const written = text.slice(at + 1).trim();
  const hints = ["as in: --set awards.participant.when.attendance.min_percent=70"];
  if (at < 1 || key === "") {
    throw new Fault("set-unreadable", `--set "${text}" is no key and value, expected key=value`, { hints });
  }
  try {
    return { key, value: written === "" ? undefined : (parse(written) ?? undefined) };
  } catch (error) {
    throw new Fault("set-unreadable", `--set "${text}": the value cannot be read, expected YAML`, {
      hints,
      cause: error,
    });
  }
}

/**
 * Makes the change in the parsed file. Elements of a list are named by their `id` or counted from 0; an input given as
 * a path alone becomes an input with that path.
 *
 * @returns what stood there before; `undefined` where nothing did
 * @throws Fault with "did you mean" for an element that is not there
 */
export function applyChange(document: Document, { key, value }: Change): unknown {
  const path: (string | number)[] = [];
  const steps = key.split(".");
  let node: unknown = document.contents;
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1;
    if (isSeq(node)) path.push(elementOf(node, step, key));
    else if (isMap(node)) path.push(step);
    else if (node === undefined || node === null) path.push(step);
    else
      throw new Fault(
        "set-unknown",
        `--set ${key}: \`${steps.slice(0, index).join(".")}\` holds a value, no keys`,
      );
    const next = document.getIn(path, true);
    node = isLast ? next : opened(document, path, next);
  }
  const before: unknown = document.getIn(path, false);
  const plain = isMap(before) || isSeq(before) ? before.toJSON() : before;
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  return plain;
}

function elementOf(list: YAMLSeq, step: string, key: string): number {
  const ids = list.items.map((one) => (isMap(one) ? String((one as YAMLMap).get("id") ?? "") : ""));
  const named = ids.indexOf(step);
  if (named >= 0) return named;
  if (/^\d+$/.test(step) && Number(step) < list.items.length) return Number(step);
  const known = ids.filter((id) => id !== "");
  const near = nearest(step, known);
  throw new Fault("set-unknown", `--set ${key}: there is no "${step}"`, {
    hints: [
      near === undefined
        ? `known: ${known.join(", ") || `0 to ${ids.length - 1}`}`
        : `did you mean "${near}"?`,
    ],
  });
}

/** `quiz.csv` is short for `{ files: quiz.csv }`. */
function opened(document: Document, path: readonly (string | number)[], node: unknown): unknown {
  const isShort =
    path[0] === "inputs" &&
    path.length > 1 &&
    (isScalar(node) || (isSeq(node) && node.items.every(isScalar)));
  if (!isShort) return node;
  const files = isScalar(node) ? node.value : (node as YAMLSeq).toJSON();
  document.setIn(path, document.createNode({ files }));
  return document.getIn(path, true);
}
