import type { Client } from '@temporalio/client';
import { searchAttributeNames } from '../workflows/messages.js';
import { isOutage } from './outage.js';

/** Numbers of the server's IndexedValueType. */
const KEYWORD = 2;
const DOUBLE = 4;
const KEYWORD_LIST = 7;

/**
 * Registers the attributes that the server's list filters by.
 * @returns the reason when the server refuses; the run goes on without them
 * @throws when the server does not answer
 */
export async function registerSearchAttributes(client: Client, namespace: string): Promise<string | null> {
  try {
    await client.connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: {
        [searchAttributeNames.phase]: KEYWORD,
        [searchAttributeNames.progress]: DOUBLE,
        [searchAttributeNames.model]: KEYWORD,
        [searchAttributeNames.identity]: KEYWORD,
        [searchAttributeNames.case]: KEYWORD_LIST,
      },
    });
    return null;
  } catch (error) {
    if (isAlreadyThere(error)) return null;
    if (isOutage(error)) throw error;
    return error instanceof Error && 'details' in error ? String(error.details) : String(error);
  }
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 6;
}
