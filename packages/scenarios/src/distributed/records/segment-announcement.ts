import { z } from 'zod';

/** What Redis knows of a segment, so that it is missed when it does not come. */
export const announcedSegmentSchema = z.object({
  segment: z.string(),
  /** Id of the worker that writes it. */
  worker: z.string(),
  host: z.string(),
  /** How long it is in the end; absent as long as it may grow. */
  closed_at_bytes: z.number().optional(),
});
export type AnnouncedSegment = z.infer<typeof announcedSegmentSchema>;
