import type { RunTree } from '@pd/call-log/schema';

const COLUMNS = ['#', 'agent', 'began', 'took', 'model', 'status', 'cost', 'said'] as const;

/** What one would write in ten minutes: the calls as rows of an HTML table, with a field that hides those without a text. */
export function tablePage(tree: RunTree): string {
  const rows = tree.agents
    .flatMap(({ id, calls }) => calls.map((call) => ({ agent: id, call })))
    .sort((a, b) => (a.call.started_at ?? '').localeCompare(b.call.started_at ?? ''))
    .map(({ agent, call }, index) => {
      const { started_at, duration_ms, pre, status, cost_usd, post } = call;
      const said = String(post?.message?.content ?? '').slice(0, 80);
      const cells = [index, agent, started_at, duration_ms, pre.model, status, cost_usd ?? '', said];
      return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
    });
  return `<!doctype html><meta charset="utf-8"><title>calls</title>
<style>body{margin:0;font:14px sans-serif}#scroll{height:800px;overflow:auto}</style>
<input id="search" type="search"><span id="search-result"></span>
<div id="scroll"><table><thead><tr>${COLUMNS.map((name) => `<th>${name}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>
<script>
const rows = [...document.querySelectorAll('tbody tr')];
document.querySelector('#search').addEventListener('input', ({ target: { value } }) => {
  let shown = 0;
  for (const row of rows) {
    row.hidden = !row.textContent.includes(value);
    if (!row.hidden) shown++;
  }
  document.querySelector('#search-result').textContent = shown + ' of ' + rows.length;
});
</script>`;
}
