import { Columns, isAlias } from "./column.js";
import type { InputFile } from "./input.js";
import { openInput } from "./open.js";
import { blockNeeds } from "./zoom.js";

/** Above the people stand at most a few lines; a history names the meeting in every row. */
const FARTHEST = 30;

/** What the meeting of an attendance export was called, or `null` where the file does not say. */
export async function topicOf(file: InputFile): Promise<string | null> {
  const { grids } = await openInput(file, null);
  for (const grid of grids) {
    let columns: Columns | null = null;
    let topic: string | null = null;
    await grid.each(
      ({ cells, line }) => {
        if (columns !== null) topic = (cells[columns.first("topic")] ?? "").replace(/\s+/g, " ").trim();
        if (columns !== null || line > FARTHEST) return "stop";
        const lead = cells.find((cell) => cell.trim() !== "");
        const header = lead !== undefined && isAlias(lead) ? new Columns(cells) : null;
        const isBlock = blockNeeds.every((group) => group.some((column) => header?.has(column)));
        if (isBlock && header?.has("topic")) columns = header;
        return undefined;
      },
      () => {},
    );
    if (topic) return topic;
  }
  return null;
}
