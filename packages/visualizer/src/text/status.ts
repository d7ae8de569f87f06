import type { CallNode, MessageNode } from '@pd/call-log/schema';

export type CallStatus = CallNode['status'];

/** Every status of a call; columns refer to them by place. */
export const CALL_STATUSES = [
  'ok',
  'error',
  'aborted',
  'timeout',
  'truncated',
  'interrupted',
  'open',
] as const satisfies readonly CallStatus[];

/** A sign per status besides its colour, for those who do not see colours. */
const SIGNS: Record<CallStatus, string> = {
  ok: '✓',
  error: '✕',
  aborted: '⊘',
  timeout: '◷',
  truncated: '⋯',
  interrupted: '↯',
  open: '○',
};

/** How a status looks: one of four tones, which differ in pattern as well as in colour. */
export type Tone = 'good' | 'bad' | 'warn' | 'open';

/** The place of a status in {@link CALL_STATUSES}; one that a newer version wrote counts as `error`. */
export function statusCode(status: string): number {
  const code = (CALL_STATUSES as readonly string[]).indexOf(status);
  return code < 0 ? 1 : code;
}

/** The status at a place of {@link CALL_STATUSES}. */
export function statusAt(code: number | undefined): CallStatus {
  return CALL_STATUSES[code ?? 0] ?? 'error';
}

export function callSign(status: CallStatus): string {
  return SIGNS[status];
}

export function callTone(status: CallStatus): Tone {
  switch (status) {
    case 'ok':
      return 'good';
    case 'error':
    case 'timeout':
      return 'bad';
    case 'truncated':
    case 'interrupted':
    case 'aborted':
      return 'warn';
    case 'open':
      return 'open';
  }
}

/** Whether a call did not come to what was asked of it. */
export function isTrouble(status: CallStatus): boolean {
  const tone = callTone(status);
  return tone === 'bad' || tone === 'warn';
}

/** Whether a message did not get where it was going. */
export function isLost(status: MessageNode['status']): boolean {
  return status === 'rejected' || status === 'dead_lettered';
}

/** `dead_lettered` → `dead lettered`. */
export function statusText(status: string): string {
  return status.replaceAll('_', ' ');
}
