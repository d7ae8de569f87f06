import { useMemo, useState } from 'preact/hooks';
import { formatCount } from '../../text/format.ts';
import { visibleText } from '../../text/visible-text.ts';
import { foldText } from '../model/fold-text.ts';

/** Text with its white space; a long one is folded until somebody wants it. */
export function FoldedText({ text }: { text: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const short = useMemo(() => foldText(text), [text]);
  if (short === undefined) return <div class="text">{visibleText(text)}</div>;
  return (
    <>
      <div class="text">{visibleText(isOpen ? text : `${short} …`)}</div>
      <button type="button" class="more" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? 'Show less' : `Show more (${formatCount(text.length)} characters)`}
      </button>
    </>
  );
}
