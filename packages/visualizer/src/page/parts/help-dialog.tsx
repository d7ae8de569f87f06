import { useEffect, useRef } from 'preact/hooks';

const KEYS = [
  ['/', 'search'],
  ['j k', 'next and previous call'],
  ['n p', "the same agent's next and previous call"],
  ['e', 'next call that failed'],
  ['d', "difference to the agent's call before"],
  ['Space', 'play, pause'],
  ['+ − 0', 'less time, more, all of it'],
  ['← →', 'earlier, later'],
  ['t', 'light or dark'],
  ['Esc', 'close, then show everybody'],
  ['?', 'this help'],
] as const;

/** The keys and how to read the pictures. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => ref.current?.showModal(), []);
  return (
    <dialog class="help" ref={ref} onClose={onClose} aria-labelledby="help-title">
      <h2 id="help-title">Keys</h2>
      <dl>
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <h2>Reading the graph</h2>
      <p>
        Circles are agents with their number of calls; the larger, the more it cost (or the more calls, where
        prices are not known). A red arc is the part that failed. Squares are models. Solid arrows are
        messages, the wider the more; dotted ones are calls. Click an agent to see only what concerns it.
      </p>
      <form method="dialog">
        <button type="submit" class="button">
          Close
        </button>
      </form>
    </dialog>
  );
}
