import type { ErrorRecord } from '@pd/call-log/schema';
import { visibleText } from '../../text/visible-text.ts';

/** Why a call failed. */
export function ErrorNote({ error }: { error: ErrorRecord }) {
  const where = [error.code, error.status === undefined ? undefined : `HTTP ${error.status}`].filter(Boolean);
  return (
    <div class="error-note" role="note">
      <strong>{error.type}</strong> {where.length > 0 && <span class="error-code">{where.join(' · ')}</span>}
      <div class="text">{visibleText(error.message)}</div>
    </div>
  );
}
