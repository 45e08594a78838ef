/**
 * How marsdisk uses Temporal: queues, time-outs, thresholds and the embedded server. Checked when a command loads it.
 * Address, namespace, TLS and keys are not here: they come from Temporal's own profiles and `TEMPORAL_*` variables.
 */
import { z } from 'zod';

const seconds = z.number().positive();

const schema = z.strictObject({
  taskQueue: z.string().min(1),
  /** A workflow task that a killed worker held is handed out again after this, s. */
  workflowTaskTimeout: seconds,
  /** A segment whose worker has gone silent is handed out again after this, s. */
  heartbeatTimeout: seconds,
  /** How often a worker passes heartbeats on to the server, s. */
  heartbeatInterval: seconds,
  /** Upper bound of one activity attempt, s. Segments end themselves long before. */
  activityTimeout: seconds,
  retry: z.strictObject({ initialInterval: seconds, backoff: z.number().min(1), maximumInterval: seconds }),
  /** A manifest entry is written every so many segments. */
  manifestEverySegments: z.number().int().positive(),
  /** A workflow hands over to a fresh history after so many segments, or when the server suggests it. */
  continueAsNewAfterSegments: z.number().int().positive(),
  /** The same of a sweep, after so many cases have ended. */
  continueAsNewAfterCases: z.number().int().positive(),
  /** Largest encoded state that travels in the history, bytes (design.md section 5). */
  inlineStateLimit: z.number().int().positive(),
  /** A running segment writes down where it is after so much compute, s. */
  recoveryInterval: seconds,
  /** Rows of a part that are held in memory before they go to disk. */
  partBatchRows: z.number().int().positive(),
  /** How long a stopping worker waits for segments to hand over, s. */
  shutdownGrace: seconds,
});

export type TemporalConfig = z.infer<typeof schema>;

export const temporalConfig: TemporalConfig = Object.freeze(
  schema.parse({
    taskQueue: 'marsdisk',
    workflowTaskTimeout: 5,
    heartbeatTimeout: 30,
    heartbeatInterval: 4,
    activityTimeout: 86_400,
    retry: { initialInterval: 1, backoff: 2, maximumInterval: 30 },
    manifestEverySegments: 100,
    continueAsNewAfterSegments: 500,
    continueAsNewAfterCases: 400,
    inlineStateLimit: 32_768,
    recoveryInterval: 30,
    partBatchRows: 256,
    shutdownGrace: 20,
  }),
);
