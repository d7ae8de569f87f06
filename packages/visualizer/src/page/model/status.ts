import type { CallNode, MessageNode } from '@pd/call-log/schema';

/** A sign per status besides its colour, for those who do not see colours. */
const SIGNS: Record<CallNode['status'], string> = {
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

export function callSign(status: CallNode['status']): string {
  return SIGNS[status];
}

export function callTone(status: CallNode['status']): Tone {
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

/** Whether a message did not get where it was going. */
export function isLost(status: MessageNode['status']): boolean {
  return status === 'rejected' || status === 'dead_lettered';
}

/** `dead_lettered` → `dead lettered`. */
export function statusText(status: string): string {
  return status.replaceAll('_', ' ');
}
