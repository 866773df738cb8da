/** The page without its contents: those come as JSON and are put in as text by `browser/page.ts`. */
export const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>lulus preview</title>
<link rel="stylesheet" href="/preview.css">
<script type="module" src="/preview.js"></script>
</head>
<body>
<header>
  <h1 id="title"></h1>
  <div class="controls">
    <label><span id="award-label"></span> <select id="award"></select></label>
    <label><span id="specimen-label"></span> <select id="specimen"></select></label>
    <div class="pages" role="group" id="pages"></div>
    <label class="switch"><input type="checkbox" id="grid"> <span id="grid-label"></span></label>
    <label class="switch"><input type="checkbox" id="boxes"> <span id="boxes-label"></span></label>
    <label><span id="zoom-label"></span> <select id="zoom"></select></label>
    <a id="pdf" target="_blank" rel="noopener">PDF</a>
  </div>
</header>
<main>
  <div id="troubles" role="alert"></div>
  <figure id="sheet">
    <img id="picture" alt="">
    <svg id="overlay" aria-hidden="true"></svg>
  </figure>
</main>
<footer><span id="at"></span><span id="note"></span></footer>
</body>
</html>
`;

export const style = `
:root { color-scheme: light; --ink: #20242c; --quiet: #5c6370; --line: #d6d9df; --ground: #eceef1; --accent: #12284c; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--ground); color: var(--ink);
  font: 14px/1.45 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
header { background: #fff; border-bottom: 1px solid var(--line); padding: 10px 20px; display: flex; flex-wrap: wrap; gap: 6px 28px;
  align-items: center; position: sticky; top: 0; z-index: 2; }
h1 { font-size: 15px; margin: 0; font-weight: 650; color: var(--accent); max-width: 44ch; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.controls { display: flex; flex-wrap: wrap; gap: 6px 18px; align-items: center; color: var(--quiet); }
select, .pages button { font: inherit; color: var(--ink); padding: 4px 8px; border: 1px solid var(--line); border-radius: 6px; background: #fff; max-width: 34ch; }
.pages { display: flex; } .pages:empty { display: none; }
.pages button { border-radius: 0; margin-left: -1px; cursor: pointer; }
.pages button:first-child { border-radius: 6px 0 0 6px; } .pages button:last-child { border-radius: 0 6px 6px 0; }
.pages button[aria-pressed=true] { background: var(--accent); border-color: var(--accent); color: #fff; }
.switch { cursor: pointer; user-select: none; }
a { color: var(--accent); font-weight: 600; }
:focus-visible { outline: 2px solid #2f6fde; outline-offset: 2px; }
main { flex: 1; padding: 24px 20px; overflow: auto; }
#sheet { position: relative; margin: 0 auto; background: #fff; box-shadow: 0 1px 3px #0003, 0 12px 32px #0002; line-height: 0; }
#sheet[hidden] { display: none; }
#sheet.stale { opacity: .35; }
#picture { width: 100%; height: 100%; display: block; }
#overlay { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
#overlay .fine { stroke: #1a6fd6; stroke-opacity: .22; stroke-width: .12; }
#overlay .coarse { stroke: #1a6fd6; stroke-opacity: .55; stroke-width: .18; }
#overlay text { font: 2.6px system-ui, sans-serif; fill: #1a5fb8; }
#overlay rect { fill: #d6336c; fill-opacity: .05; stroke: #d6336c; stroke-width: .25; }
#overlay rect:hover { fill-opacity: .16; }
#overlay .name { fill: #a61e4d; font-size: 2.4px; }
#troubles:empty { display: none; }
#troubles { max-width: 860px; margin: 0 auto 20px; }
.trouble { background: #fff; border: 1px solid #f0c2c2; border-left: 4px solid #b42318; border-radius: 6px; padding: 12px 16px; margin-bottom: 10px; }
.trouble p { margin: 0 0 4px; overflow-wrap: anywhere; } .trouble .place { font: 13px ui-monospace, Menlo, Consolas, monospace; color: #7a271a; }
.trouble .hint { color: var(--quiet); }
footer { display: flex; justify-content: space-between; gap: 20px; padding: 6px 20px; color: var(--quiet); font-size: 12.5px; font-variant-numeric: tabular-nums; }
`;
