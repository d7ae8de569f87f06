/** The icons' outlines, on a square of 16. */
export const ICON_PATHS = {
  sun: 'M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6Z',
  moon: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z',
  help: 'M5.9 6.1a2.1 2.1 0 1 1 3.2 1.8c-.7.45-1.1.85-1.1 1.6M8 11.9v.1',
  close: 'M4 4l8 8M12 4l-8 8',
  up: 'M4 10l4-4 4 4',
  down: 'M4 6l4 4 4-4',
  play: 'M5 3.2v9.6l8-4.8Z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.4 10.4l3.1 3.1',
  arrow: 'M2.5 8h10M9 4.5 12.5 8 9 11.5',
  person: 'M8 8.2a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2ZM2.9 13.6c.6-2.7 2.6-4 5.1-4s4.5 1.3 5.1 4',
  terminal: 'M3 4.5 6.5 8 3 11.5M8.5 11.5H13',
} as const;

/** One of the page's few line icons; decoration, so whatever holds it needs a name. */
export function Icon({ name }: { name: keyof typeof ICON_PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={ICON_PATHS[name]} />
    </svg>
  );
}
