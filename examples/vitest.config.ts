export { packageTests as default } from '@pd/presets/vitest';
