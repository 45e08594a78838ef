import { z } from 'zod';
import { durationPattern } from '../durations.js';

/** The value types that keys are made of. Bounds live in the zod type and nowhere else: `boundsOf` prints them. */
export const number = z.number();
export const positive = z.number().positive();
export const nonNegative = z.number().min(0);
export const fraction = z.number().min(0).max(1);
export const flag = z.boolean();
export const text = z.string().min(1);
export const temperature = z.number().min(1000).max(6500);

export const between = (low: number, high: number) => z.number().min(low).max(high);
export const integer = (low: number) => z.number().int().min(low);
export const choice = (...values: [string, ...string[]]) => z.enum(values);
export const exactly = (value: string | number) => z.literal(value);

/** A positive number in the key's own unit, or text with a unit of its own such as "30 d". */
export const duration = z.union([
  z.number().positive(),
  z.string().regex(durationPattern).meta({ title: 'duration' }),
]);
/** As `duration`, but zero is a value too. */
export const durationOrZero = z.union([
  z.number().min(0),
  z.string().regex(durationPattern).meta({ title: 'duration' }),
]);

interface JsonType {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonType[];
  items?: JsonType;
  prefixItems?: JsonType[];
  minItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  title?: string;
}

function range(type: JsonType): string {
  const low =
    type.exclusiveMinimum !== undefined
      ? `> ${type.exclusiveMinimum}`
      : type.minimum !== undefined && type.minimum !== Number.MIN_SAFE_INTEGER
        ? `>= ${type.minimum}`
        : '';
  const high =
    type.exclusiveMaximum !== undefined
      ? `< ${type.exclusiveMaximum}`
      : type.maximum !== undefined && type.maximum !== Number.MAX_SAFE_INTEGER
        ? `<= ${type.maximum}`
        : '';
  return [low, high].filter((part) => part !== '').join(' and ');
}

function describe(type: JsonType): string {
  if (type.anyOf) return type.anyOf.map(describe).join(', or ');
  if (Array.isArray(type.type)) return type.type.map((one) => describe({ ...type, type: one })).join(', or ');
  if (type.title === 'duration') return 'a duration such as "30 d", "2 yr", "3 h"';
  if (type.title !== undefined) return type.title;
  if (type.enum) return `one of ${type.enum.join(', ')}`;
  if (type.const !== undefined) return String(type.const);
  switch (type.type) {
    case 'number':
    case 'integer': {
      const bounds = range(type);
      const noun = type.type === 'integer' ? 'a whole number' : 'a finite number';
      return bounds === '' ? noun : `${noun} ${bounds}`;
    }
    case 'boolean':
      return 'true or false';
    case 'string':
      return 'text';
    case 'array':
      return type.prefixItems
        ? `a list of ${type.prefixItems.length}: ${type.prefixItems.map(describe).join('; ')}`
        : `a list of ${type.minItems ? `at least ${type.minItems}: ` : ''}${type.items ? describe(type.items) : 'values'}`;
    case 'object':
      return 'a map';
    case 'null':
      return 'null';
    default:
      return 'anything';
  }
}

/** The values a type accepts, in words; derived from the type itself. */
export function boundsOf(type: z.ZodType): string {
  return describe(z.toJSONSchema(type, { io: 'input' }) as JsonType);
}
