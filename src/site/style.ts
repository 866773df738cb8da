/** Phone first; one column; facts large enough to be compared with paper at arm's length. */
export const style = `
:root { color-scheme: light; --ink: #1d2330; --quiet: #586072; --line: #dde1e8; --ground: #f4f5f8; --accent: #12284c; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 17px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
header { display: flex; justify-content: space-between; align-items: flex-start; gap: 12px; padding: 20px 20px 12px; max-width: 680px; margin: 0 auto; }
h1 { font-size: 22px; line-height: 1.25; margin: 0; color: var(--accent); }
.issuer { margin: 0 0 2px; color: var(--quiet); font-size: 14px; }
main { max-width: 680px; margin: 0 auto; padding: 0 20px 48px; }
button, .file { font: inherit; font-weight: 600; display: block; width: 100%; text-align: center; padding: 14px 16px; border-radius: 10px; border: 1px solid var(--accent);
  background: var(--accent); color: #fff; cursor: pointer; }
.file { background: #fff; color: var(--accent); position: relative; overflow: hidden; }
.file input { position: absolute; inset: 0; opacity: 0; cursor: pointer; font-size: 100px; }
.file:focus-within { outline: 3px solid #5b8def; outline-offset: 2px; }
button.plain { background: #fff; color: var(--accent); border-color: var(--line); }
header button.plain { width: auto; flex: none; padding: 6px 12px; font-size: 14px; font-weight: 500; }
:focus-visible { outline: 3px solid #5b8def; outline-offset: 2px; }
.buttons { display: grid; gap: 12px; margin: 20px 0; }
video { width: 100%; border-radius: 10px; background: #000; margin-bottom: 16px; }
form { display: grid; gap: 10px; } label[for=paste] { color: var(--quiet); font-size: 15px; }
textarea { font: 15px/1.4 ui-monospace, Menlo, Consolas, monospace; width: 100%; padding: 10px 12px; border: 1px solid #9aa3b2; border-radius: 10px; resize: vertical; }
.message { background: #fff6e0; border: 1px solid #e6cf95; border-radius: 10px; padding: 12px 16px; }
.verdict { border-radius: 12px; padding: 16px 18px; color: #fff; margin: 4px 0 16px; }
.verdict h2 { margin: 0 0 4px; font-size: 23px; line-height: 1.25; } .verdict p { margin: 0; }
.verdict h2::before { display: inline-block; width: 1.3em; }
.verdict.good { background: #14693a; } .verdict.good h2::before { content: "✓"; }
.verdict.bad { background: #a3201d; } .verdict.bad h2::before { content: "✗"; }
.verdict.doubt { background: #8a5a00; } .verdict.doubt h2::before { content: "?"; }
.facts { margin: 0; background: #fff; border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
.facts div { padding: 10px 18px; border-top: 1px solid var(--line); } .facts div:first-child { border-top: 0; }
dt { color: var(--quiet); font-size: 14px; } dd { margin: 0; overflow-wrap: anywhere; }
.facts .name dd { font-size: 27px; line-height: 1.25; font-weight: 700; } .facts .number dd { font-size: 20px; font-weight: 600; }
.facts .code dd { font-family: ui-monospace, Menlo, Consolas, monospace; }
.compare { font-weight: 600; margin: 16px 2px; }
.note { color: var(--quiet); margin: 10px 2px; } .share a { color: var(--accent); font-weight: 600; }
details { margin: 16px 2px; color: var(--quiet); font-size: 14px; } details p { margin: 4px 0; overflow-wrap: anywhere; }
@media (min-width: 560px) { .buttons { grid-template-columns: 1fr 1fr; } }
@media print { header button, .again, .share, details { display: none; } .verdict { color: #000; background: none !important; border: 2px solid #000; } }
`;
