import type { temporal } from '@temporalio/proto';

type Payloads = readonly temporal.api.common.v1.IPayload[] | null | undefined;

/** The first value of what an event or a heartbeat of the server holds; null when it holds none. */
export async function firstValue<T>(payloads: Payloads): Promise<T | null> {
  const { defaultPayloadConverter } = await import('@temporalio/common');
  const [first] = payloads ?? [];
  return first ? defaultPayloadConverter.fromPayload<T>(first) : null;
}
