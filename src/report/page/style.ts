/** The looks of the page: light and calm, dark where the reader's system is, black on white on paper. */
export const style = `
:root{--ink:#1d2830;--soft:#5a6872;--line:#dde3e8;--paper:#fff;--wash:#f4f6f8;--accent:#0b6262;
--eligible:#2f8f63;--review:#d9982b;--ineligible:#cf7f7a;--eligible-ink:#1c6b47;--review-ink:#855300;--ineligible-ink:#98352f;
--serif:Charter,"Bitstream Charter","Iowan Old Style","Noto Serif",Georgia,serif;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;
--mono:ui-monospace,"Cascadia Mono",Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{--ink:#e4e9ed;--soft:#9aa8b2;--line:#303b44;--paper:#151b20;--wash:#1e262d;--accent:#6cc5bf;
--eligible:#4aa87b;--review:#d9a24a;--ineligible:#b9655f;--eligible-ink:#7fd0a6;--review-ink:#eabf74;--ineligible-ink:#eba49e}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 var(--sans);font-variant-numeric:tabular-nums}
.masthead,main,.contents{max-width:74rem;margin:0 auto;padding:0 1.5rem}
.masthead{padding-top:3rem;padding-bottom:1.25rem}
.whatif{padding-top:0}
.eyebrow{margin:0 0 .35rem;color:var(--accent);font-size:.875rem;font-weight:600}
h1{font:600 clamp(1.6rem,1.1rem + 2.2vw,2.5rem)/1.18 var(--serif);margin:0 0 .6rem;text-wrap:balance;overflow-wrap:anywhere}
.meta{margin:0;color:var(--soft);font-size:.9375rem;overflow-wrap:anywhere}
.when{white-space:nowrap}
.contents{position:sticky;top:0;z-index:2;display:flex;gap:1.35rem;overflow-x:auto;background:var(--paper);border-bottom:1px solid var(--line);scrollbar-width:none}
@media (min-width:74rem){.contents{box-shadow:0 1px 0 var(--paper)}}
.contents a{flex:none;padding:.7rem 0;color:var(--soft);font-size:.875rem;text-decoration:none;border-bottom:2px solid transparent}
.contents a:hover{color:var(--ink);border-color:var(--accent)}
.pill{background:var(--review);color:#1d1400;border-radius:1rem;padding:0 .45rem;font-size:.75rem}
main>section,main>div>section{padding:2.25rem 0 0;scroll-margin-top:2.5rem}
main{padding-bottom:4rem}
h2{font:600 1.375rem/1.3 var(--serif);margin:0 0 .75rem}
h2 small,h3 small{font:500 .875rem var(--sans);color:var(--soft);margin-left:.25rem}
h3{font-size:1rem;margin:0 0 .35rem;overflow-wrap:anywhere}
h4{font-size:.8125rem;margin:0 0 .25rem;color:var(--soft);font-weight:600}
p{margin:0 0 .5rem}
small,.quiet{color:var(--soft)}
.quiet{font-size:.9375rem}
code{font:.8125em/1.4 var(--mono);overflow-wrap:anywhere}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
ul,ol{margin:0;padding:0;list-style:none}
a{color:inherit}
.number{text-align:right}

.totals{display:grid;grid-template-columns:repeat(4,1fr);gap:1.5rem;margin-bottom:1rem}
.total a{display:block;text-decoration:none;border-top:3px solid var(--line);padding-top:.7rem}
.total b{display:block;font:600 clamp(1.75rem,1.3rem + 1.6vw,2.6rem)/1.1 var(--serif)}
.total a:hover span{text-decoration:underline;text-underline-offset:.2em}
.total.all a{border-color:var(--ink)}
.total.eligible a{border-color:var(--eligible)}.total.eligible b{color:var(--eligible-ink)}
.total.review a{border-color:var(--review)}.total.review b{color:var(--review-ink)}
.total.ineligible a{border-color:var(--ineligible)}.total.ineligible b{color:var(--ineligible-ink)}
.stripe{display:block;width:100%;height:.5rem;border-radius:.25rem;overflow:hidden;background:var(--line)}
rect.eligible{fill:var(--eligible)}rect.review{fill:var(--review)}rect.ineligible{fill:var(--ineligible)}
.awards{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:.9rem 0 0}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 3.5rem}
.pair>section:only-child{grid-column:1/-1}
.reasons{display:grid;grid-template-columns:max-content minmax(0,1fr);column-gap:.75rem}
.reasons li,.reasons li a{display:grid;grid-column:1/-1;grid-template-columns:subgrid;align-items:baseline}
.reasons li a{padding:.4rem 0 .5rem;text-decoration:none}
.reasons b{text-align:right;font-weight:600}
.reasons code{color:var(--soft);white-space:nowrap}
.reasons a:hover span{text-decoration:underline;text-underline-offset:.2em}
.reasons svg{grid-column:2;width:100%;height:4px;margin-top:.25rem;background:var(--wash)}
.reasons rect{fill:var(--ineligible)}

table{border-collapse:collapse;width:100%}
.figures{font-size:.9375rem;margin:.5rem 0 1.5rem}
.figures caption{text-align:left;font-weight:600;padding-bottom:.25rem}
.figures th,.figures td{padding:.3rem .5rem;border-bottom:1px solid var(--line);font-weight:400;text-align:left}
.figures th:first-child,.figures td:first-child{padding-left:0}
.figures .number{text-align:right}
.figures tbody th{white-space:nowrap}
.tables{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:0 3rem}
.tables>div{min-width:0;overflow-x:auto}
.set{font-size:.8125rem;color:var(--soft);margin:-1rem 0 1.75rem}
.total small{white-space:nowrap}
.figures thead th{color:var(--soft);font-size:.8125rem;vertical-align:bottom}
.figures .up,.figures .down{white-space:nowrap}
.figures .up{color:var(--eligible-ink);font-weight:600}.figures .down{color:var(--ineligible-ink);font-weight:600}
.figures .now th,.figures .now td{background:var(--wash);font-weight:600}
.figures .now td:nth-child(2){font-weight:400;color:var(--soft)}

.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.875rem;color:var(--soft)}
.legend span::before{content:"";display:inline-block;width:.7rem;height:.7rem;margin-right:.4rem;border-radius:2px;background:var(--line)}
.legend .eligible::before{background:var(--eligible)}.legend .review::before{background:var(--review)}.legend .ineligible::before{background:var(--ineligible)}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:2rem 3rem}
figure{margin:0;min-width:0}
figcaption{font-size:.9375rem}
.chart{display:block;width:100%;height:auto;margin-bottom:.5rem}
.chart .grid{stroke:var(--line)}
.chart text{font:12px var(--sans);fill:var(--soft)}
.chart line.bar{stroke:var(--ink);stroke-dasharray:4 3}
.chart text.bar{fill:var(--ink);font-weight:600}
details{margin:.5rem 0}
summary{cursor:pointer;color:var(--accent);font-size:.9375rem;width:fit-content}

#people-controls:not([hidden]){display:grid;grid-template-columns:minmax(14rem,2.5fr) 1fr 1fr 1fr;gap:.75rem 1rem;margin-bottom:1rem}
#people-controls:not(:has([id=award]:not([hidden] *))){grid-template-columns:minmax(14rem,2.5fr) 1fr 1fr}
#people-controls label{display:block;min-width:0}
#people-controls label[hidden],#people-controls .narrow{display:none}
#people-controls label span{display:block;font-size:.8125rem;color:var(--soft);margin-bottom:.2rem}
input,select,button{font:inherit;color:inherit}
input,select{width:100%;height:2.5rem;padding:0 .65rem;border:1px solid var(--line);border-radius:.4rem;background:var(--paper)}
::placeholder{color:var(--soft);opacity:1}
.status{grid-column:1/-1;min-height:1.6rem;margin:0;color:var(--soft)}
#reset,.pages button{border:1px solid var(--line);border-radius:.4rem;background:var(--paper);padding:.2rem .7rem;cursor:pointer}
#reset:hover,.pages button:hover:enabled{border-color:var(--accent)}
.pages{display:flex;align-items:center;justify-content:center;gap:1rem;margin:1.25rem 0 0;color:var(--soft)}
.pages[hidden]{display:none}
.pages button{padding:.45rem 1rem;color:var(--ink)}
.pages button:disabled{opacity:.4;cursor:default}
#people-table{font-size:.9375rem;table-layout:auto}
#people-table th{padding:0;text-align:left;border-bottom:2px solid var(--line);vertical-align:bottom}
#people-table th button{border:0;background:none;padding:.4rem .5rem;width:100%;text-align:inherit;font-size:.8125rem;font-weight:600;color:var(--soft);cursor:pointer}
#people-table th:first-child button,#people-table td:first-child{padding-left:0}
#people-table th button::after{content:"↕";opacity:.35;margin-left:.3rem}
#people-table th[aria-sort=ascending] button::after{content:"↑";opacity:1}
#people-table th[aria-sort=descending] button::after{content:"↓";opacity:1}
#people-table th[aria-sort=ascending] button,#people-table th[aria-sort=descending] button,#people-table th button:hover{color:var(--ink)}
#people-table td{padding:.5rem;border-bottom:1px solid var(--line);vertical-align:baseline;overflow-wrap:anywhere}
#people-table .number{text-align:right;white-space:nowrap}
#people-table th.number button{text-align:right}
.scroll{overflow-x:auto}
.c-name{min-width:10.5rem;max-width:18rem}.c-email,.c-reason{color:var(--soft)}.c-email{font-size:.875rem;min-width:9rem;max-width:16rem}.c-reason{min-width:10rem;max-width:22rem}
.opener{border:0;background:none;padding:0;text-align:left;cursor:pointer;font-weight:600;display:flex;gap:.5rem}
.opener::before{content:"";flex:none;width:.4rem;height:.4rem;margin-top:.5rem;border-right:2px solid var(--soft);border-bottom:2px solid var(--soft);transform:rotate(-45deg)}
.opener[aria-expanded=true]::before{transform:rotate(45deg);margin-top:.4rem}
.opener:hover bdi{text-decoration:underline;text-underline-offset:.2em}
.badge{white-space:nowrap;font-weight:600;font-size:.875rem}
.badge .sign{display:inline-block;width:1.15rem}
.badge.eligible{color:var(--eligible-ink)}.badge.review{color:var(--review-ink)}.badge.ineligible{color:var(--ineligible-ink)}
tr.person.open td{border-bottom-color:transparent}
#people-table tr.detail td{padding:0 0 1rem .9rem}
.details{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr));gap:1rem 2rem;padding:1rem 1.25rem;background:var(--wash);border-radius:.5rem}
.details li+li{margin-top:.2rem}
.details section{min-width:0;overflow-wrap:anywhere}
.details dl{margin:0}.details dt{display:inline;color:var(--soft)}.details dt::after{content:": "}.details dd{display:inline;margin:0}

.persons li{padding:.45rem 0;border-bottom:1px solid var(--line);display:grid;grid-template-columns:minmax(0,1.2fr) minmax(0,1.1fr) minmax(0,1.4fr);gap:0 1.25rem;font-size:.9375rem;overflow-wrap:anywhere}
.persons .who{font-weight:600}.persons .email,.persons code,.persons .why{color:var(--soft)}
#sides>section{margin-bottom:1.25rem}
.inputs{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1.75rem 3rem}
.inputs li{min-width:0;border-top:1px solid var(--line);padding-top:.8rem}
.inputs dl{display:grid;grid-template-columns:repeat(3,1fr);gap:.5rem 1rem;margin:.25rem 0 .6rem;font-size:.9375rem}
.inputs dt{font-size:.8125rem;color:var(--soft)}.inputs dd{margin:0;overflow-wrap:anywhere}
.inputs .wide{grid-column:1/-1}
.hash{font-size:.8125rem;color:var(--soft);margin:0;overflow-wrap:anywhere}
.notice{overflow-wrap:anywhere;background:var(--wash);border-left:3px solid var(--review);padding:.5rem .8rem;font-size:.9375rem}
.warnings li{padding:.45rem 0;border-bottom:1px solid var(--line);font-size:.9375rem;overflow-wrap:anywhere}
.warnings code{margin-right:.5rem;color:var(--soft)}

@media screen and (max-width:52rem){
.masthead,main,.contents{padding-left:1rem;padding-right:1rem}
.masthead{padding-top:1.5rem}
.totals{grid-template-columns:1fr 1fr;gap:1rem}
.pair{grid-template-columns:minmax(0,1fr)}
.figures .extra{display:none}
#people-controls:not([hidden]),#people-controls:not(:has([id=award]:not([hidden] *))){grid-template-columns:1fr 1fr}
#people-controls .wide,#people-controls .narrow{grid-column:1/-1}
#people-controls .narrow{display:block}
#people-table:not([hidden]),#people-table tbody,#people-table tr,#people-table td{display:block}
#people-table thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
#people-table tr.person{padding:.75rem 0;border-bottom:1px solid var(--line)}
#people-table tr.person.open{border-bottom-color:transparent;padding-bottom:.35rem}
#people-table tr.detail{border-bottom:1px solid var(--line)}
#people-table tr.person td{border:0;padding:.08rem 0;max-width:none;text-align:left;white-space:normal}
#people-table tr.person td.empty{display:none}
#people-table tr.person td:not(.c-name):not(.c-decision):not(.c-reason)::before{content:attr(data-label) ": ";color:var(--soft)}
#people-table tr.detail td{padding:0 0 1rem;border:0}
.c-name,.c-email,.c-reason{min-width:0}
.persons li{grid-template-columns:minmax(0,1fr);gap:.1rem}
.inputs dl{grid-template-columns:1fr 1fr}
}

@media print{
:root{--ink:#000;--soft:#333;--line:#bbb;--paper:#fff;--wash:#fff;--accent:#000;--eligible:#777;--review:#ccc;--ineligible:#e8e8e8;--eligible-ink:#000;--review-ink:#000;--ineligible-ink:#000}
@page{margin:15mm 12mm}
body{font-size:9.5pt;background:#fff}
.masthead,main{max-width:none;padding-left:0;padding-right:0}.masthead{padding-top:0}
.contents,#people-controls,#people-controls:not([hidden]),.pages,summary,.opener::before,#people-table th button::after{display:none!important}
.totals{grid-template-columns:repeat(4,1fr);gap:1rem}
.pair{display:block}
main>section,main>div>section{padding-top:1.25rem}
.tables>div,figure{break-inside:avoid}
h1,h2,h3,caption{break-after:avoid}
tr,li,figure{break-inside:avoid}
.charts{grid-template-columns:1fr 1fr}
figure details{display:none}
rect,.legend span::before,.now td,.now th{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.chart rect{stroke:#000;stroke-width:.75px}.legend span::before{outline:.5px solid #000}
.reasons rect{fill:#777}
#people{break-before:page}
#people-table{font-size:8pt}
#people-table:not([hidden]){display:table}#people-table tbody{display:table-row-group}#people-table tr{display:table-row}#people-table td{display:table-cell}
#people-table thead{display:table-header-group;position:static;clip-path:none;width:auto;height:auto}
#people-table td{padding:2pt 3pt}#people-table th button{padding:2pt 3pt;font-size:8pt}
.scroll{overflow:visible}.c-name,.c-email,.c-reason{min-width:0}.c-email{font-size:7.5pt}
.persons li{font-size:8.5pt;padding:2pt 0}
.opener,.badge{font-size:8pt}
}
`;
