/** Two agents and what passes between them. A data: URL, so that no request for an icon goes out. */
export const PAGE_ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M4 12 12 4" stroke="#7a8190" stroke-width="1.6"/><circle cx="4" cy="12" r="3" fill="#2f6fde"/><circle cx="12" cy="4" r="3" fill="#c2571a"/></svg>',
).replaceAll("'", '%27')}`;
