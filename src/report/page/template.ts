/**
 * The page as an eta template; `it` is the view, with `data`, `style`, `script` and `policy` beside it. `<%=` escapes,
 * and all that people typed goes through it. `<%~` does not, and takes only what this folder has made safe.
 */
export const template = `<!doctype html>
<html lang="<%= it.language %>">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="<%= it.policy %>">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title><%= it.title %> · <%= it.labels.report %></title>
<style><%~ it.style %></style>
</head>
<body>
<header class="masthead">
  <p class="eyebrow"><% if (it.series) { %><%= it.series %> · <% } %><%= it.words.dryRun %></p>
  <h1><bdi><%= it.title %></bdi></h1>
  <p class="meta"><%= it.issuer %> · <code><%= it.event %></code><% it.sessions.forEach((session) => { %> · <span class="when"><% if (it.sessions.length > 1) { %><%= session.id %> <% } %><%= session.when %></span><% }) %> · <%= it.timezone %></p>
</header>
<% if (it.notice.length) { %><div class="masthead whatif"><div class="notice" role="note"><% it.notice.forEach((line, index) => { %><p><% if (index === 0) { %><b><%= line %></b><% } else { %><%= line %><% } %></p><% }) %></div></div><% } %>
<nav class="contents" aria-label="<%= it.words.contents %>">
  <a href="#overview"><%= it.words.overview %></a>
  <% if (it.whatIf.length) { %><a href="#what-if"><%= it.labels.whatIf %></a><% } %>
  <% if (it.charts.length) { %><a href="#charts"><%= it.words.charts %></a><% } %>
  <a href="#people"><%= it.labels.people %></a>
  <a href="#near"><%= it.labels.nearMisses %></a>
  <a href="#sides"><%= it.labels.unmatched %></a>
  <a href="#inputs"><%= it.labels.inputs %></a>
  <a href="#warnings"><%= it.labels.warnings %><% if (it.warnings.length) { %> <b class="pill"><%= it.count(it.warnings.length) %></b><% } %></a>
</nav>
<main>
<section id="overview" aria-labelledby="overview-title">
  <h2 id="overview-title" class="unseen"><%= it.words.overview %></h2>
  <ul class="totals">
    <li class="total all"><a href="#people" data-outcome=""><b><%= it.count(it.data.people.length) %></b> <span><%= it.labels.people %></span></a></li>
    <% it.totals.forEach((total) => { %>
    <li class="total <%= total.outcome %>"><a href="#people" data-outcome="<%= total.outcome %>"><b><%= total.count %></b> <span><%= total.title %></span> <small><%= total.share %></small></a></li>
    <% }) %>
  </ul>
  <svg class="stripe" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true"><% it.totals.forEach((total) => { %><rect class="<%= total.outcome %>" x="<%= total.x %>" y="0" width="<%= total.width %>" height="10"/><% }) %></svg>
  <% if (it.awards.length > 1) { %><p class="awards"><% it.awards.forEach((award) => { %><span><%= award.title %> <b><%= award.count %></b></span><% }) %></p><% } %>
</section>

<div class="<%= it.whatIf.length > 2 ? "" : "pair" %>">
<section id="reasons" aria-labelledby="reasons-title">
  <h2 id="reasons-title"><%= it.labels.reasons %></h2>
  <% if (it.reasons.length === 0) { %><p class="quiet"><%= it.words.noReasons %></p><% } else { %>
  <ol class="reasons">
    <% it.reasons.forEach((reason) => { %>
    <li><a href="#people" data-reason="<%= reason.code %>"><b><%= reason.count %></b> <span><%= reason.meaning %> <code><%= reason.code %></code></span>
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width="<%= reason.width %>" height="4"/></svg></a></li>
    <% }) %>
  </ol><% } %>
</section>
<% if (it.whatIf.length) { %>
<section id="what-if" aria-labelledby="what-if-title">
  <h2 id="what-if-title"><%= it.labels.whatIf %></h2>
  <p class="quiet"><%= it.labels.whatIfSay %></p>
  <div class="tables"><% it.whatIf.forEach((table) => { %>
  <div><table class="figures">
    <caption><%= table.title %><% if (table.award !== null) { %> · <%= it.words.awardOf %> <%= table.award %><% } %></caption>
    <thead><tr><th scope="col"><%= it.labels.whatIfBar %></th><th scope="col" class="number"><%= it.labels.difference %></th><% if (table.award !== null) { %><th scope="col" class="number"><%= table.award %></th><% } %><th scope="col" class="number"><%= it.labels.eligible %></th><th scope="col" class="number extra"><%= it.labels.review %></th></tr></thead>
    <tbody>
    <% table.rows.forEach((row) => { %>
    <tr<% if (row.isNow) { %> class="now"<% } %>><th scope="row"><%= row.bar %></th><td class="number <%= row.sign > 0 ? "up" : row.sign < 0 ? "down" : "" %>"><% if (row.isNow) { %><%= it.labels.asIs %><% } else { %><%= row.difference %><% } %></td><% if (table.award !== null) { %><td class="number"><%= row.given %></td><% } %><td class="number"><%= row.eligible %></td><td class="number extra"><%= row.review %></td></tr>
    <% }) %>
    </tbody>
  </table>
  <p class="set"><%= it.words.set %> <code><%= table.set %></code></p></div>
  <% }) %></div>
</section>
<% } %>
</div>

<% if (it.charts.length) { %>
<section id="charts" aria-labelledby="charts-title">
  <h2 id="charts-title"><%= it.words.charts %></h2>
  <p class="legend" aria-hidden="true"><% it.totals.forEach((total) => { %><span class="<%= total.outcome %>"><%= total.title %></span><% }) %></p>
  <div class="charts">
  <% it.charts.forEach((each) => { const chart = each.chart; %>
  <figure>
    <h3><%= each.title %></h3>
    <svg class="chart" role="img" viewBox="0 0 <%= chart.width %> <%= chart.height %>" aria-labelledby="<%= each.id %>-title <%= each.id %>-text">
      <title id="<%= each.id %>-title"><%= each.title %></title>
      <desc id="<%= each.id %>-text"><%= each.description %> <%= each.reached.join(". ") %></desc>
      <% chart.gridlines.forEach((line) => { %><line class="grid" x1="<%= chart.left %>" x2="<%= chart.right %>" y1="<%= line.y %>" y2="<%= line.y %>"/><text class="tick" x="<%= chart.left - 8 %>" y="<%= line.y + 4 %>" text-anchor="end"><%= it.count(line.count) %></text><% }) %>
      <% chart.columns.forEach((column) => { column.parts.forEach((part) => { %><rect class="<%= part.kind %>" x="<%= column.x %>" y="<%= part.y %>" width="<%= column.width %>" height="<%= part.height %>"/><% }) }) %>
      <% chart.ticks.forEach((tick) => { %><text class="tick" x="<%= tick.x %>" y="<%= chart.base + 20 %>" text-anchor="middle"><%= tick.percent %> %</text><% }) %>
      <% chart.lines.forEach((line) => { %><line class="bar" x1="<%= line.x %>" x2="<%= line.x %>" y1="8" y2="<%= chart.base %>"/><text class="bar" x="<%= line.x + (line.anchor === "end" ? -6 : 6) %>" y="18" text-anchor="<%= line.anchor %>"><%= it.decimal(line.percent) %> %</text><% }) %>
    </svg>
    <figcaption>
      <p class="quiet"><%= each.caption %></p>
      <% each.reached.forEach((line) => { %><p><%= line %></p><% }) %>
      <% if (each.without !== null) { %><p class="quiet"><%= each.without %></p><% } %>
      <details><summary><%= it.words.numbers %></summary>
      <table class="figures"><thead><tr><th scope="col"><%= it.words.range %></th><% it.totals.forEach((total) => { %><th scope="col" class="number"><%= total.title %></th><% }) %></tr></thead>
      <tbody><% each.bins.forEach((bin) => { %><tr><th scope="row"><%= bin.from %>–<%= bin.to %> %</th><td class="number"><%= bin.eligible %></td><td class="number"><%= bin.review %></td><td class="number"><%= bin.ineligible %></td></tr><% }) %></tbody></table></details>
    </figcaption>
  </figure>
  <% }) %>
  </div>
</section>
<% } %>

<section id="people" aria-labelledby="people-title">
  <h2 id="people-title"><%= it.labels.people %></h2>
  <noscript><p class="notice"><%= it.words.noScript %></p></noscript>
  <form id="people-controls" role="search" hidden>
    <label class="wide"><span><%= it.data.labels.search %></span><input id="search" type="search" placeholder="<%= it.data.labels.searchHint %>" autocomplete="off" spellcheck="false"></label>
    <label><span><%= it.labels.decision %></span><select id="outcome"><option value=""><%= it.data.labels.all %></option></select></label>
    <label<% if (it.awards.length < 2) { %> hidden<% } %>><span><%= it.labels.award %></span><select id="award"><option value=""><%= it.data.labels.all %></option></select></label>
    <label><span><%= it.labels.reason %></span><select id="reason"><option value=""><%= it.data.labels.all %></option></select></label>
    <label class="narrow"><span><%= it.data.labels.sort %></span><select id="sort"><option value="">–</option></select></label>
    <p class="status"><span id="status" role="status" aria-live="polite"></span> <button type="button" id="reset" hidden><%= it.data.labels.reset %></button></p>
  </form>
  <div class="scroll"><table id="people-table" role="table" aria-labelledby="people-title" hidden>
    <thead role="rowgroup"><tr role="row"></tr></thead>
    <tbody role="rowgroup"></tbody>
  </table></div>
  <p id="pages" class="pages" hidden><button type="button" id="previous">← <%= it.data.labels.previous %></button> <span id="page" aria-live="polite"></span> <button type="button" id="next"><%= it.data.labels.next %> →</button></p>
</section>

<section id="near" aria-labelledby="near-title">
  <h2 id="near-title"><%= it.labels.nearMisses %> <small><%= it.count(it.near.length) %></small></h2>
  <p class="quiet"><%= it.labels.nearMissesSay %></p>
  <% if (it.near.length) { %><details<% if (it.near.length <= 25) { %> open<% } %>><summary><%= it.words.show %></summary>
  <ul class="persons"><% it.near.forEach((person) => { %><li><bdi class="who"><%= person.name %></bdi> <span class="email"><%= person.email %></span> <bdi class="why"><%= person.why %></bdi></li><% }) %></ul></details><% } else { %><p><%= it.words.nobody %></p><% } %>
</section>

<section id="sides" aria-labelledby="sides-title">
  <h2 id="sides-title"><%= it.labels.unmatched %></h2>
  <% it.sides.forEach((side) => { %>
  <section><h3><%= side.title %> <small><%= side.count %></small></h3>
  <% if (side.people.length) { %><details><summary><%= it.words.show %></summary>
  <ul class="persons"><% side.people.forEach((person) => { %><li><bdi class="who"><%= person.name %></bdi> <span class="email"><%= person.email %></span> <code><%= person.source.join(" · ") %></code></li><% }) %></ul></details><% } else { %><p class="quiet"><%= it.words.nobody %></p><% } %></section>
  <% }) %>
</section>

<section id="inputs" aria-labelledby="inputs-title">
  <h2 id="inputs-title"><%= it.labels.inputs %></h2>
  <ul class="inputs">
  <% it.inputs.forEach((input) => { %>
  <li>
    <h3><bdi><%= input.path %></bdi></h3>
    <% if (input.sameAs !== null) { %><p class="notice"><%= input.sameAs %></p><% } else { %>
    <dl>
      <div><dt><%= it.labels.format %></dt><dd><%= input.format %></dd></div>
      <div><dt><%= it.labels.rows %></dt><dd><%= input.rows %></dd></div>
      <div><dt><%= it.labels.people %></dt><dd><%= input.people %></dd></div>
      <div><dt><%= it.labels.skipped %></dt><dd><%= input.skipped %><% if (input.because) { %> <small>(<%= input.because %>)</small><% } %></dd></div>
      <div><dt><%= it.labels.encoding %></dt><dd><%= input.encoding %></dd></div>
      <% if (input.delimiter !== null) { %><div><dt><%= it.labels.delimiter %></dt><dd><code><%= input.delimiter %></code></dd></div><% } %>
      <% if (input.sheet !== null) { %><div><dt><%= it.labels.sheet %></dt><dd><bdi><%= input.sheet %></bdi></dd></div><% } %>
      <% if (input.dateOrder !== null) { %><div class="wide"><dt><%= it.labels.dateOrder %></dt><dd><%= input.dateOrder %> <small><%= it.fill(it.words.settled, { because: input.dateOrderBecause ?? "" }) %></small></dd></div><% } %>
    </dl><% } %>
    <p class="hash"><span><%= it.words.hash %></span> <code><%= input.sha256 %></code></p>
  </li>
  <% }) %>
  </ul>
</section>

<section id="warnings" aria-labelledby="warnings-title">
  <h2 id="warnings-title"><%= it.labels.warnings %> <small><%= it.count(it.warnings.length) %></small></h2>
  <% if (it.warnings.length) { %>
  <ul class="warnings"><% it.warnings.forEach((warning) => { %><li><% if (warning.place) { %><code><%= warning.place %></code> <% } %><bdi><%= warning.message %></bdi></li><% }) %></ul>
  <% } else { %><p class="quiet"><%= it.labels.noWarnings %></p><% } %>
</section>
</main>
<script id="data" type="application/json"><%~ it.json %></script>
<script><%~ it.script %></script>
</body>
</html>
`;
