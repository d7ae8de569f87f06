import type { RunTree } from '@pd/call-log/schema';

interface RunPickerProps {
  runs: readonly RunTree['run'][];
  chosen: string;
  choose: (id: string) => void;
}

/** Which of the document's runs is shown. */
export function RunPicker({ runs, chosen, choose }: RunPickerProps) {
  return (
    <h1>
      <select
        class="run-picker"
        aria-label="Run"
        value={chosen}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      >
        {runs.map(({ id, name, status }) => (
          <option key={id} value={id}>
            {name ? `${name} · ${id}` : id} · {status}
          </option>
        ))}
      </select>
    </h1>
  );
}
