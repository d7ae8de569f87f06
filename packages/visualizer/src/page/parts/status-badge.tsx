import type { CallNode } from '@pd/call-log/schema';
import { callSign, callTone, statusText } from '../../text/status.ts';

/** A call's status as sign and word. */
export function StatusBadge({ status }: { status: CallNode['status'] }) {
  return (
    <span class={`badge badge-${callTone(status)}`}>
      <span aria-hidden="true">{callSign(status)}</span> {statusText(status)}
    </span>
  );
}
